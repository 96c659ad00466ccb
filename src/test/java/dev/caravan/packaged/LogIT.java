package dev.caravan.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.connector.slack.ExportZip;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Logs and traces of the packaged application, for those who collect them. */
@Tag("long")
class LogIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WORD_OF_A_GOOD_MESSAGE = "zanzibarwort";
    private static final String WORD_OF_A_BAD_MESSAGE = "quetzalwort";

    @TempDir
    Path folder;

    private PackagedApp app() {
        ExportZip.of(PackagedApp.SAMPLE)
                .with(
                        "random/2024-03-09.json",
                        """
                        [{"type": "message", "user": "U0ANNA0001", "ts": "1709974800.000100", "text": "%s"},
                         {"type": "message", "user": "U0ANNA0001", "text": "%s"}]"""
                                .formatted(WORD_OF_A_GOOD_MESSAGE, WORD_OF_A_BAD_MESSAGE))
                .write(folder, "export.zip");
        return PackagedApp.demo(folder).with("caravan.source.path", "export.zip");
    }

    @Test
    void everyLineIsARecordAndHoldsNoTextOfAMessage() throws IOException {
        try (var service = ConsoleService.start(app().with("caravan.log.json", "true"))) {
            var admin = service.administrator();
            admin.post("/api/run", "");
            ConsoleService.within()
                    .until(() -> admin.json("/api/run").path("state").asText().equals("completed"));
            Files.writeString(folder.resolve("routes/lane.camel.yaml"), "- route: [");
            ConsoleService.within()
                    .until(() -> Files.readString(service.running().err()).contains("CRV-569"));
            service.running().signal("TERM");
            service.running().process().onExit().join();

            var lines = Files.readAllLines(service.running().err());
            assertThat(lines).allSatisfy(line -> {
                JsonNode log = JSON.readTree(line);
                assertThat(log.path("timestamp").asText()).isNotEmpty();
                assertThat(log.path("level").asText()).isIn("INFO", "WARN", "ERROR");
                assertThat(log.path("message").asText()).isNotEmpty();
            });
            assertThat(lines).anyMatch(line -> line.contains("console-password.txt"));
            assertThat(lines)
                    .noneMatch(line -> line.contains(WORD_OF_A_GOOD_MESSAGE) || line.contains(WORD_OF_A_BAD_MESSAGE));
        }
    }

    @Test
    void whatEndsACommandIsARecordToo() throws IOException {
        var run = PackagedApp.demo(folder)
                .with("caravan.source.path", "nothing.zip")
                .with("caravan.log.json", "true")
                .run("run");

        assertThat(run.err().lines()).isNotEmpty().allSatisfy(line -> assertThat(
                        JSON.readTree(line).path("level").asText())
                .isEqualTo("ERROR"));
        assertThat(run.err()).contains("CRV-");
    }

    @Test
    void spansOfRunPhasesAndBatchesGoWhereTheyAreWanted() {
        try (var collector = new EchoServer(200)) {
            var run = app().with("caravan.tracing.endpoint", collector.url()).run("run");
            assertThat(run.out()).contains("Verdict");

            var sent = collector.requests().stream()
                    .map(request -> new String(request.body(), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .toList();
            assertThat(collector.requests())
                    .allMatch(request -> request.headers().startsWith("/v1/traces"));
            for (var span :
                    List.of("run", "phase directory", "phase history", "phase seal", "batch user", "batch message")) {
                assertThat(sent).as(span).anyMatch(body -> body.contains(span));
            }
            assertThat(sent)
                    .noneMatch(body -> body.contains(WORD_OF_A_GOOD_MESSAGE) || body.contains(WORD_OF_A_BAD_MESSAGE));
        }
    }

    @Test
    void unlessTheyAreWantedNothingIsSentAnywhere() {
        try (var collector = new EchoServer(200)) {
            app().jvm("-Dquarkus.otel.exporter.otlp.endpoint=" + collector.url())
                    .run("run");
            assertThat(collector.requests()).isEmpty();
        }
    }
}
