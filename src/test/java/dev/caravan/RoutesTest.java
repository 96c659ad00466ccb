package dev.caravan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What every route and every Kamelet keeps to, so that nothing is lost on the road and Kaoto opens the files. */
class RoutesTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> SENDS = Set.of("to", "toD", "bean", "wireTap", "enrich", "pollEnrich");
    private static final int LINES = 100;

    static Stream<Path> routes() {
        return files(".camel.yaml");
    }

    static Stream<Path> kamelets() {
        return files(".kamelet.yaml");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void no_dead_letter_channel_is_on_the_road(Path file) {
        assertThat(keys(read(file))).doesNotContain("deadLetterChannel");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void nothing_runs_in_parallel_on_a_pool_of_camel(Path file) {
        each(read(file), (key, node) -> {
            if (node.path("parallelProcessing").asBoolean()) {
                assertThat(node.has("executorService")).as(key).isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("routes")
    void every_route_has_an_id_and_a_description_and_every_sending_step_an_id(Path file) {
        for (var entry : read(file)) {
            var route = entry.elements().next();
            assertThat(route.path("id").asText()).as("%s: id", file).isNotBlank();
            assertThat(route.path("description").asText())
                    .as("%s: description of %s", file, route.path("id"))
                    .isNotBlank();
        }
        each(read(file), (key, node) -> {
            if (SENDS.contains(key)) {
                assertThat(node.path("id").asText())
                        .as("%s: id of %s", file, node)
                        .isNotBlank();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("routes")
    void a_kamelet_is_called_by_an_id_that_is_no_route(Path file) {
        var routes = new ArrayList<String>();
        routes().forEach(one -> read(one)
                .forEach(entry -> routes.add(entry.path("route").path("id").asText())));
        each(read(file), (key, node) -> {
            var uri = node.path("uri").asText();
            if (uri.startsWith("kamelet:")) {
                assertThat(uri).as(file.toString()).matches("kamelet:[^/]+/[a-z-]+");
                assertThat(routes).doesNotContain(uri.substring(uri.indexOf('/') + 1));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_file_has_no_comments_and_is_short(Path file) throws IOException {
        var lines = Files.readAllLines(file);
        assertThat(lines).hasSizeLessThan(LINES).noneMatch(line -> line.strip().startsWith("#"));
    }

    static Stream<Path> all() {
        return Stream.concat(routes(), kamelets());
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void a_kamelet_keeps_to_the_rules_of_the_public_catalogue(Path file) {
        var kamelet = read(file);
        var name = kamelet.path("metadata").path("name").asText();
        var type = kamelet.path("metadata")
                .path("labels")
                .path("camel.apache.org/kamelet.type")
                .asText();
        var definition = kamelet.path("spec").path("definition");
        assertThat(file.getFileName()).hasToString(name + ".kamelet.yaml");
        assertThat(type).isIn("source", "sink", "action");
        assertThat(name).endsWith("-" + type);
        assertThat(definition.path("title").asText()).isNotBlank();
        assertThat(definition.path("description").asText()).isNotBlank();
        definition.path("properties").fields().forEachRemaining(property -> {
            assertThat(property.getKey()).matches("[a-z][A-Za-z0-9]*");
            for (var needed : List.of("type", "title", "description")) {
                assertThat(property.getValue().path(needed).asText())
                        .as("%s of %s", needed, property.getKey())
                        .isNotBlank();
            }
            if (property.getKey().toLowerCase(java.util.Locale.ROOT).matches(".*(password|token|secret).*")) {
                assertThat(property.getValue().path("format").asText()).isEqualTo("password");
            }
        });
        definition.path("required").forEach(required -> assertThat(
                        definition.path("properties").has(required.asText()))
                .isTrue());
        assertThat(keys(kamelet.path("spec").path("template"))).doesNotContain("onException", "errorHandler");
    }

    private static Stream<Path> files(String suffix) {
        try (var files = Files.walk(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> keys(JsonNode node) {
        var keys = new ArrayList<String>();
        each(node, (key, value) -> keys.add(key));
        return keys;
    }

    private static void each(JsonNode node, BiConsumer<String, JsonNode> visitor) {
        node.fields().forEachRemaining(field -> {
            visitor.accept(field.getKey(), field.getValue());
            each(field.getValue(), visitor);
        });
        if (node.isArray()) {
            node.forEach(element -> each(element, visitor));
        }
    }
}
