package dev.caravan.transform.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Origin;
import dev.caravan.model.Problem;
import dev.caravan.model.Target;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MappingsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path routes;

    @BeforeEach
    void aTargetMapping() throws IOException {
        write("sink/to/message.jslt", "{\"message\": .text}");
    }

    @Test
    void shouldMapWithVariablesAndFunctions() throws IOException {
        write(
                "toy/from/message.jslt",
                "{\"id\": $team + \"/\" + .n, \"hash\": sha256(.text), \"loud\": shout(.text), \"none\": sha256(.absent)}");
        MappingFunctions contributed = routes -> List.of(new NamedFunction(
                "shout", 1, args -> new TextNode(args[0].asText().toUpperCase(Locale.ROOT))));
        var mappings = Mappings.load(routes, "toy", "sink", List.of(contributed));

        var mapped =
                mappings.from(Kind.MESSAGE, json("{\"n\": 7, \"text\": \"abc\"}"), Map.of("team", new TextNode("T")));

        assertThat(mapped)
                .contains(
                        json(
                                "{\"id\":\"T/7\",\"hash\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\",\"loud\":\"ABC\"}"));
    }

    @Test
    void shouldKeepTheTemplatesItLoadedWhenFilesChange() throws IOException {
        write("toy/from/message.jslt", "import \"part.jslt\" as p {\"id\": p:id(.)}");
        write("toy/from/part.jslt", "def id(m) $m.a");
        var mappings = load();
        write("toy/from/part.jslt", "def id(m) $m.b");
        write("toy/from/message.jslt", "{");

        assertThat(mappings.from(Kind.MESSAGE, json("{\"a\": \"1\", \"b\": \"2\"}"), Map.of()))
                .contains(json("{\"id\":\"1\"}"));
    }

    @Test
    void shouldNotImportFromOutsideTheTemplatesFolder() throws IOException {
        Files.writeString(routes.resolve("secret.jslt"), "def id(m) 1");
        for (var name :
                List.of("../../../secret.jslt", routes.resolve("secret.jslt").toString())) {
            write("toy/from/message.jslt", "import \"" + name + "\" as p {\"id\": p:id(.)}");
            assertThatThrownBy(this::load).isInstanceOf(Problem.class).hasMessageContaining("CRV-504");
        }
        Files.createSymbolicLink(routes.resolve("mappings/toy/from/link.jslt"), routes.resolve("secret.jslt"));
        write("toy/from/message.jslt", "import \"link.jslt\" as p {\"id\": p:id(.)}");
        assertThatThrownBy(this::load).isInstanceOf(Problem.class).hasMessageContaining("CRV-504");
    }

    @Test
    void shouldSayFileLineAndColumnOfASyntaxError() throws IOException {
        write("toy/from/message.jslt", "{\n  \"id\": .a,\n  \"text\" .b\n}");
        assertThatThrownBy(this::load)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-502 mappings/toy/from/message.jslt, line 3, column 10");
    }

    @Test
    void shouldSayWhereAnUnknownFunctionIs() throws IOException {
        write("toy/from/message.jslt", "{\n  \"id\": frobnicate(.a)}");
        assertThatThrownBy(this::load)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("message.jslt, line 2, column 9")
                .hasMessageContaining("frobnicate");
    }

    @Test
    void shouldReportAStrayCharacterAndAnUnclosedString() throws IOException {
        for (var template : List.of("{\"id\": \u00a7}", "{\"id\": \"abc}", "", "{\"id\": .a} x")) {
            write("toy/from/message.jslt", template);
            assertThatThrownBy(this::load).isInstanceOf(Problem.class).hasMessageContaining("message.jslt");
        }
    }

    @Test
    void shouldReportAMissingImportAndBrokenCharactersInAFile() throws IOException {
        write("toy/from/message.jslt", "import \"gone.jslt\" as g {\"id\": g:id(.)}");
        assertThatThrownBy(this::load).isInstanceOf(Problem.class).hasMessageContaining("gone.jslt");

        Files.write(routes.resolve("mappings/toy/from/message.jslt"), new byte[] {'"', (byte) 0xd6, (byte) 0xd0, '"'});
        assertThatThrownBy(this::load).isInstanceOf(Problem.class).hasMessageContaining("CRV-505");
    }

    @Test
    void shouldRefuseASourceWithoutTemplatesAndAKindWithoutATemplate() throws IOException {
        assertThatThrownBy(this::load).isInstanceOf(Problem.class).hasMessageContaining("CRV-501");
        write("toy/from/user.jslt", "{\"id\": .a}");
        var mappings = load();
        assertThat(mappings.hasFrom(Kind.USER)).isTrue();
        assertThat(mappings.hasFrom(Kind.MESSAGE)).isFalse();
        assertThatThrownBy(() -> mappings.from(Kind.MESSAGE, json("{}"), Map.of()))
                .hasMessageContaining("CRV-506");
    }

    @Test
    void shouldRefuseOnlyTheRecordsOfWhichTheTemplateSelectsNothingOrOnWhichItBreaks() throws IOException {
        write(
                "toy/from/message.jslt",
                "if (.n == 1) null else if (.n == 2) {\"x\": .gone} else if (.n == 3) [1] else {\"id\": number(.n)}");
        var mappings = load();

        var batch = new MappingStep(mappings)
                .toCanonical(
                        batch("{\"n\":0}", "{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":\"geheim\"}", "{\"n\":5}"),
                        item -> Map.of());

        assertThat(batch.items())
                .extracting(i -> i.canonical().get("id").asInt())
                .containsExactly(0, 5);
        assertThat(batch.refused())
                .extracting(r -> r.origin().index() + " " + r.stage() + " " + r.cause())
                .containsExactly(
                        "1 canonical mapping-selected-nothing",
                        "2 canonical mapping-selected-nothing",
                        "3 canonical mapping-failed",
                        "4 canonical mapping-failed");
        assertThat(batch.refused().get(3).detail())
                .startsWith("mappings/toy/from/message.jslt")
                .endsWith("number(")
                .doesNotContain("geheim");
        assertThat(mappings.selections().get("mappings/toy/from/message.jslt")).isEqualTo(new Selection(6, 2));
        mappings.requireSelected();
    }

    @Test
    void shouldTakeWhatATemplateNoticedOutOfTheRecord() throws IOException {
        write(
                "toy/from/message.jslt",
                "{\"id\": .n, \"findings\": if (.odd) [{\"rule\": \"odd-one\", \"detail\": .odd}]}");
        var batch = new MappingStep(load())
                .toCanonical(batch("{\"n\":\"a\"}", "{\"n\":\"b\",\"odd\":\"x\"}"), item -> Map.of());
        assertThat(batch.items())
                .extracting(Item::canonical)
                .containsExactly((ObjectNode) json("{\"id\":\"a\"}"), (ObjectNode) json("{\"id\":\"b\"}"));
        assertThat(batch.findings()).containsExactly(new Finding("odd-one", "message", "b", "x"));
    }

    @Test
    void shouldNotLetTextOfTheRecordIntoAFailure() throws IOException {
        var breaking = List.of(
                "error(.t)",
                "parse-time(.t, \"yyyy\") + round(.t)",
                "from-json(.t)",
                "round(.t)",
                "sum([.t])",
                "test(\"x\", .t + \"[\")",
                "mod(.t, 2)",
                "{for (.t) .key : .value}",
                "contains(.t, 5)",
                "get-key(.t, .t)",
                "format-time(1, .t)",
                "number(.t)");
        for (var expression : breaking) {
            write("toy/from/message.jslt", "{\"id\": " + expression + "}");
            var mappings = load();
            assertThatThrownBy(() -> mappings.from(Kind.MESSAGE, json("{\"t\": \"geheim\"}"), Map.of()))
                    .as(expression)
                    .isInstanceOf(MappingFailed.class)
                    .hasNoCause()
                    .message()
                    .startsWith("mappings/toy/from/message.jslt")
                    .doesNotContain("geheim");
        }
    }

    @Test
    void shouldSurviveATemplateThatRecursesForEver() throws IOException {
        write("toy/from/message.jslt", "def f(x) f([$x]) {\"id\": f(.)}");
        var mappings = load();
        assertThatThrownBy(() -> mappings.from(Kind.MESSAGE, json("{\"t\": 1}"), Map.of()))
                .isInstanceOf(MappingFailed.class);
    }

    @Test
    void shouldReportATemplateThatSelectsNothingFromAllRecords() throws IOException {
        write("toy/from/message.jslt", "{\"id\": .wrong.name}");
        var mappings = load();
        mappings.requireSelected();
        mappings.from(Kind.MESSAGE, json("{\"n\":1}"), Map.of());
        mappings.from(Kind.MESSAGE, json("{\"n\":2}"), Map.of());
        assertThatThrownBy(mappings::requireSelected)
                .hasMessageContaining("CRV-507")
                .hasMessageContaining("mappings/toy/from/message.jslt")
                .hasMessageContaining("2 records");
    }

    @Test
    void shouldWriteTheTargetsShape() throws IOException {
        write("toy/from/message.jslt", "{\"id\": .n, \"text\": .t}");
        var step = new MappingStep(load());
        var batch = step.toCanonical(batch("{\"n\":1,\"t\":\"a\"}", "{\"n\":2}"), item -> Map.of());
        var linked = batch.withItems(
                batch.items().stream().map(i -> i.withLinked(i.canonical())).toList());

        var target = step.toTarget(linked, new LineShape(), item -> Map.of());

        assertThat(target.items())
                .extracting(i -> new String(i.target().payload(), StandardCharsets.UTF_8))
                .containsExactly("{\"message\":\"a\"}");
        assertThat(target.refused())
                .extracting(r -> r.stage() + " " + r.cause())
                .containsExactly("target mapping-selected-nothing");
    }

    @Test
    void shouldGiveTheSameAnswersOnManyThreads() throws Exception {
        write(
                "toy/from/message.jslt",
                "{\"id\": capture(.t, \"(?<a>[0-9]+)-(?<b>[a-z]+)\"), \"v\": $v, \"h\": sha256(.t)}");
        var mappings = load();
        var pool = Executors.newFixedThreadPool(4);
        try {
            Callable<List<JsonNode>> all = () -> IntStream.range(0, 500)
                    .mapToObj(n -> mappings.from(
                                    Kind.MESSAGE, json("{\"t\": \"" + n + "-x\"}"), Map.of("v", new TextNode("v" + n)))
                            .orElseThrow())
                    .toList();
            var expected = all.call();
            for (var answer : pool.invokeAll(List.of(all, all, all, all))) {
                assertThat(answer.get()).isEqualTo(expected);
            }
            assertThat(expected.get(42).at("/id/a").asText()).isEqualTo("42");
        } finally {
            pool.shutdownNow();
        }
    }

    private record LineShape() implements TargetShape {
        @Override
        public String sinkKind() {
            return "sink";
        }

        @Override
        public Target write(Kind kind, JsonNode mapped) {
            return Target.of(mapped.toString().getBytes(StandardCharsets.UTF_8), 1, List.of());
        }
    }

    private Mappings load() {
        return Mappings.load(routes, "toy", "sink", List.of());
    }

    private void write(String name, String template) throws IOException {
        var file = routes.resolve("mappings").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, template);
    }

    private static Batch batch(String... records) {
        var items = IntStream.range(0, records.length)
                .mapToObj(n -> Item.read(
                        new Origin("a", "e", n, -1), records[n].getBytes(StandardCharsets.UTF_8), json(records[n])))
                .toList();
        return Batch.read(Kind.MESSAGE, Lane.WHOLE, null, null, items, List.of());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
