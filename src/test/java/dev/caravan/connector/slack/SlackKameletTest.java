package dev.caravan.connector.slack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.ReadRequest;
import dev.caravan.transform.cleanse.ByteRepair;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SlackKameletTest {

    @TempDir
    Path folder;

    @Test
    void theKameletReadsWithItsPropertiesAndTheRegistrysRepair() throws Exception {
        var file = ExportZip.withGeneral()
                .with("general/2023-11-14.json", new byte[] {'[', '"', (byte) 0xFF, '"', ']'})
                .day(
                        "2023-11-15",
                        ExportZip.message("1700086400.000000", "a"),
                        ExportZip.message("1700086401.000000", "b"))
                .write(folder, "a.zip");
        ByteRepair repair = raw -> Optional.of(new ByteRepair.Repaired("{\"text\":\"mended\"}".getBytes(), "r"));
        try (var context = new DefaultCamelContext()) {
            context.getRegistry().bind("repair", repair);
            context.getPropertiesComponent().addInitialProperty("caravan.batch-size", "2");
            context.getPropertiesComponent().addInitialProperty("caravan.work-dir", folder.toString());
            context.getComponent("kamelet", org.apache.camel.component.kamelet.KameletComponent.class)
                    .setLocation("file:routes/kamelets");
            context.start();
            var batches = new ArrayList<Batch>();
            try (var producer = context.createProducerTemplate();
                    var reader = producer.requestBody(
                            "kamelet:slack-export-read-action/read?path=" + file,
                            new ReadRequest(Kind.MESSAGE, Lane.of("C1"), null),
                            BatchReader.class)) {
                reader.forEachRemaining(batches::add);
            }
            assertThat(batches).extracting(batch -> batch.items().size()).containsExactly(2, 1);
            assertThat(batches.get(0).items().get(0).source().path("text").asText())
                    .isEqualTo("mended");
        }
    }
}
