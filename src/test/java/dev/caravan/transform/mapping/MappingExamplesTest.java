package dev.caravan.transform.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.schibsted.spt.data.jslt.Function;
import dev.caravan.Connectors;
import dev.caravan.model.Kind;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the pairs of every {@code <record>.examples.json} against the template beside it: an array of {@code {name,
 * input, variables?, output}}. Functions of connectors are found through {@link ServiceLoader} entries of the tests.
 */
class MappingExamplesTest {

    private static final List<Path> MAPPINGS =
            List.of(Path.of("routes", "mappings"), Path.of("src/test/resources/fakechat/routes/mappings"));

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> examples() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        for (var template : files(".jslt")) {
            var record = template.getFileName().toString().replace(".jslt", "");
            if (Stream.of(Kind.values()).anyMatch(kind -> kind.word().equals(record))) {
                tests.addAll(examplesOf(template, template.resolveSibling(record + ".examples.json")));
            }
        }
        for (var examples : files(".examples.json")) {
            tests.add(DynamicTest.dynamicTest(examples + " has a template", () -> assertThat(templateOf(examples))
                    .exists()));
        }
        return tests.stream();
    }

    private static List<DynamicTest> examplesOf(Path template, Path examples) throws IOException {
        if (!Files.exists(examples)) {
            return List.of(DynamicTest.dynamicTest(
                    template + " has examples", () -> assertThat(examples).exists()));
        }
        var compiled = Template.compile(template.toString(), template, functions());
        var tests = new ArrayList<DynamicTest>();
        var pairs = JSON.readTree(examples.toFile());
        tests.add(DynamicTest.dynamicTest(
                examples + " has a pair", () -> assertThat(pairs).isNotEmpty()));
        for (var pair : pairs) {
            var name = examples + ": " + pair.path("name").asText();
            tests.add(DynamicTest.dynamicTest(name, () -> check(compiled, template, pair)));
        }
        return tests;
    }

    private static void check(Template compiled, Path template, JsonNode pair) {
        var variables = new TreeMap<String, JsonNode>();
        pair.path("variables").properties().forEach(e -> variables.put(e.getKey(), e.getValue()));

        var output = compiled.apply(variables, pair.path("input")).orElse(JSON.nullNode());

        // Compared as text read back: 1 and 1L are one number, and the failure shows both in full.
        assertThat(reread(output).toPrettyString())
                .isEqualTo(pair.path("output").toPrettyString());
        // What a mapping says beside its record, or instead of it, is not part of the canonical form.
        if (template.getParent().endsWith("from") && !output.isNull() && !output.has("filtered")) {
            var canonical = ((ObjectNode) reread(output)).without("findings");
            assertThat(canonical().validate(canonical)).isEmpty();
        }
    }

    /** As it would be read back: an int 1 and a long 1 are one number. */
    private static JsonNode reread(JsonNode node) {
        try {
            return JSON.readTree(node.toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonSchema canonical() {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(MappingExamplesTest.class.getResourceAsStream("/canonical.schema.json"));
    }

    private static List<Function> functions() {
        var functions = new ArrayList<Function>(new GeneralFunctions().functions(Path.of("routes")));
        new Connectors()
                .all().stream()
                        .filter(MappingFunctions.class::isInstance)
                        .map(MappingFunctions.class::cast)
                        .forEach(contributed -> functions.addAll(contributed.functions(Path.of("routes"))));
        return functions;
    }

    private static Path templateOf(Path examples) {
        return examples.resolveSibling(examples.getFileName().toString().replace(".examples.json", ".jslt"));
    }

    private static List<Path> files(String suffix) throws IOException {
        var found = new ArrayList<Path>();
        for (var mappings : MAPPINGS) {
            try (var files = Files.walk(mappings)) {
                files.filter(file -> file.toString().endsWith(suffix)).sorted().forEach(found::add);
            }
        }
        return found;
    }
}
