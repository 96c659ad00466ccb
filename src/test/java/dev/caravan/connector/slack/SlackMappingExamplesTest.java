package dev.caravan.connector.slack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.schibsted.spt.data.jslt.Parser;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

class SlackMappingExamplesTest {

    private static final Path MAPPINGS = Path.of("routes/mappings/slack-export/from");
    private final ObjectMapper json = new ObjectMapper();

    @TestFactory
    List<DynamicTest> examples() throws IOException {
        var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(getClass().getResourceAsStream("/canonical.schema.json"));
        var tests = new ArrayList<DynamicTest>();
        for (var kind : List.of("user", "channel", "membership", "emoji", "message")) {
            var mapping = Parser.compile(
                    MAPPINGS.resolve(kind + ".jslt").toFile(), new SlackFunctions(Path.of(".")).functions());
            for (JsonNode example :
                    json.readTree(MAPPINGS.resolve(kind + ".examples.json").toFile())) {
                tests.add(DynamicTest.dynamicTest(
                        kind + ": " + example.get("name").asText(), () -> {
                            // Written and read back: the kinds of number nodes differ otherwise.
                            var output = (ObjectNode) json.readTree(
                                    mapping.apply(example.get("input")).toString());
                            assertThat(output).isEqualTo(example.get("output"));
                            output.remove("findings");
                            assertThat(schema.validate(output)).isEmpty();
                        }));
            }
        }
        return tests;
    }
}
