package dev.caravan.migration.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

import dev.caravan.TestMigration;
import dev.caravan.TestService;
import dev.caravan.ToySourceTest;
import dev.caravan.ToySourceTest.ListSink;
import dev.caravan.ledger.Run;
import dev.caravan.model.Batch;
import dev.caravan.model.Problem;
import dev.caravan.model.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Files edited while a service runs: they serve the next run when they are right, else the version before goes on. */
class ReloadTest {

    @TempDir
    Path folder;

    private final ListSink sink = new ListSink();
    private int sent;
    private TestService service;

    @BeforeEach
    void serve() throws IOException {
        service = house(folder).serve();
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void anEditedMappingServesTheNextRun() throws Exception {
        assertThat(messages("hello")).containsExactly("{\"text\":\"hello\"}");

        replace("mappings/list/to/message.jslt", "\"text\"", "\"words\"");

        assertThat(messages("again")).containsExactly("{\"words\":\"again\"}");
    }

    @Test
    void anEditedRouteServesTheNextRunAndTheOthersGoOn() throws Exception {
        var seal = service.camel.getRoute("seal");

        replace(
                "batch.camel.yaml",
                "        - to:\n            id: to-deliver",
                "        - bean:\n            id: shout\n            ref: shout\n        - to:\n            id: to-deliver");

        assertThat(messages("hello")).containsExactly("{\"TEXT\":\"HELLO\"}");
        assertThat(service.camel.getRoute("seal")).isSameAs(seal);
        assertThat(service.reload.state().refused()).isEmpty();
    }

    @Test
    void anEditedKameletServesTheNextRun() throws Exception {
        messages("hello");

        replace(
                "kamelets/list-sink.kamelet.yaml",
                "      steps:",
                "      steps:\n        - bean:\n            ref: shout");

        assertThat(messages("again")).containsExactly("{\"TEXT\":\"AGAIN\"}");
        assertThat(routes()).doesNotHaveDuplicates();
    }

    @Test
    void anEditedRouteConfigurationServesTheNextRun() throws Exception {
        replace("error-handler.camel.yaml", "maximumRedeliveries: 0", "maximumRedeliveries: 1");

        assertThat(messages("hello")).containsExactly("{\"text\":\"hello\"}");
        assertThat(service.reload.state().refused()).isEmpty();
    }

    @Test
    void brokenYamlIsRefusedWithFileAndLineUntilItIsMended() throws Exception {
        var good = Files.readString(file("lane.camel.yaml"));
        write("lane.camel.yaml", good.replace("      uri: direct\n", "      uri: [direct\n"));

        assertRefused("CRV-560", at("lane.camel.yaml", "[direct", 0));
        assertThat(messages("hello")).containsExactly("{\"text\":\"hello\"}");

        write("lane.camel.yaml", good.replace("Reads one lane", "Reads a lane"));
        looks();

        assertThat(service.reload.state().refused()).isEmpty();
        assertThat(service.camel.getRoute("lane").getDescription()).startsWith("Reads a lane");
        assertThat(messages("again")).containsExactly("{\"text\":\"again\"}");
    }

    @Test
    void aFilePutBackIsRefusedNoMore() throws Exception {
        var good = Files.readString(file("lane.camel.yaml"));
        write("lane.camel.yaml", "nonsense");
        looks();
        write("lane.camel.yaml", good);
        looks();

        assertThat(service.reload.state().refused()).isEmpty();
    }

    @Test
    void anUnknownStepIsRefused() throws Exception {
        replace("batch.camel.yaml", "        - split:", "        - splitt:");

        assertRefused("CRV-560", at("batch.camel.yaml", "- splitt:", 0));
    }

    @Test
    void aComponentThatIsNotThereIsRefused() throws Exception {
        replace("batch.camel.yaml", "uri: direct:deliver", "uri: nosuch:deliver");

        assertRefused("CRV-560", at("batch.camel.yaml", "uri: nosuch:", 2));
    }

    @Test
    void aKameletThatIsNotThereIsRefused() throws Exception {
        replace("attempt.camel.yaml", "kamelet:{{caravan.sink.kind}}-sink/", "kamelet:nosuch-sink/");

        assertRefused("CRV-573", at("attempt.camel.yaml", "kamelet:nosuch-sink", 2), "nosuch-sink");
    }

    @Test
    void aBrokenKameletIsRefused() throws Exception {
        replace("kamelets/list-sink.kamelet.yaml", "        - bean:", "        - beam:");

        assertRefused("CRV-560", at("kamelets/list-sink.kamelet.yaml", "- beam:", 0));
    }

    @Test
    void aRouteIdUsedTwiceIsRefused() throws Exception {
        write("second.camel.yaml", Files.readString(file("seal.camel.yaml")).replace("name: seal", "name: other"));

        assertRefused("CRV-561", "second.camel.yaml, line 1", "seal.camel.yaml, line 1");
    }

    @Test
    void aRouteNobodyBeginsIsRefused() throws Exception {
        replace("migration.camel.yaml", "uri: direct:seal", "uri: direct:seel");

        assertRefused("CRV-562", at("migration.camel.yaml", "direct:seel", 2), "direct:seel");
    }

    @Test
    void aKameletCalledByTheIdOfARouteIsRefused() throws Exception {
        replace("attempt.camel.yaml", "-sink/sink-records", "-sink/attempt");

        assertRefused("CRV-563", at("attempt.camel.yaml", "-sink/attempt", 2));
    }

    @Test
    void aFolderWithoutTheEntryOfRunsIsRefused() throws Exception {
        Files.delete(file("migration.camel.yaml"));

        assertRefused("CRV-564", "direct:migration");
    }

    @Test
    void aBrokenMappingIsRefusedAndTheOneBeforeMaps() throws Exception {
        replace("mappings/list/to/message.jslt", "}", "");

        assertRefused("CRV-502", "mappings/list/to/message.jslt, line 1");
    }

    @Test
    void aBrokenRuleIsRefused() throws Exception {
        Files.writeString(file("rules/cleansing.yaml"), "rules:\n  - id: mine\n    check: nosuch\n    do: refuse\n");

        assertRefused("CRV-512", "cleansing.yaml, line 2");
    }

    @Test
    void aBrokenTableOfSubtypesIsRefused() throws Exception {
        replace("rules/slack-subtypes.yaml", "policy: system", "policy: keep");

        assertRefused("CRV-125", "slack-subtypes.yaml");
    }

    @Test
    void oneBrokenFileKeepsTheOthersFromServing() throws Exception {
        replace("mappings/list/to/message.jslt", "\"text\"", "\"words\"");
        write("lane.camel.yaml", "nonsense");

        assertThat(messages("hello")).containsExactly("{\"text\":\"hello\"}");
    }

    @Test
    void aRenamedFileKeepsItsRoutesOnce() throws Exception {
        Files.move(file("seal.camel.yaml"), file("package.camel.yaml"));
        looks();

        assertThat(routes()).doesNotHaveDuplicates().contains("seal");
        assertThat(service.camel.getRoute("seal").getSourceResource().getLocation())
                .endsWith("package.camel.yaml");
        assertThat(messages("hello")).containsExactly("{\"text\":\"hello\"}");
    }

    @Test
    void aRenamedRouteTakesTheOldOnesPlace() throws Exception {
        replace("seal.camel.yaml", "id: seal\n", "id: packing\n");
        looks();

        assertThat(routes()).contains("packing").doesNotContain("seal");
        assertThat(messages("hello")).containsExactly("{\"text\":\"hello\"}");
    }

    @Test
    void theRoutesOfADeletedFileEnd() throws Exception {
        write(
                "more.camel.yaml",
                """
                - route:
                    id: more
                    from:
                      uri: direct:more
                      steps:
                        - log:
                            message: more
                """);
        looks();
        assertThat(routes()).contains("more");

        Files.delete(file("more.camel.yaml"));
        looks();

        assertThat(routes()).doesNotContain("more");
        assertThat(service.reload.state().refused()).isEmpty();
    }

    @Test
    void aFileStillBeingSavedIsNotJudged() throws Exception {
        write("lane.camel.yaml", "");
        service.reload.look();

        assertThat(service.reload.state().refused()).isEmpty();
    }

    @Test
    void editsDuringARunWaitForItsEnd() throws Exception {
        service.reload.undisturbed(() -> {
            replace("lane.camel.yaml", "Reads one lane", "Reads a lane");
            inAnotherThread(this::looks);
            assertThat(service.reload.state().waiting()).containsExactly("lane.camel.yaml");
            assertThat(service.camel.getRoute("lane").getDescription()).startsWith("Reads one lane");
            return null;
        });
        looks();

        assertThat(service.reload.state().waiting()).isEmpty();
        assertThat(service.camel.getRoute("lane").getDescription()).startsWith("Reads a lane");
    }

    @Test
    void aServiceDoesNotBeginWithABrokenFile() throws Exception {
        var house = house(folder.resolve("other")).route("lane.camel.yaml", "nonsense");

        assertThatThrownBy(() -> house.serve()).isInstanceOf(Problem.class).hasMessageContaining("lane.camel.yaml");
    }

    private TestMigration house(Path home) {
        return new TestMigration(home)
                .with("caravan.source.kind", "toychat")
                .with("caravan.source.path", folder.resolve("chat.jsonl").toString())
                .with("caravan.sink.kind", "list")
                .bean("listSink", sink)
                .bean("shout", new Shout())
                .route("kamelets/toychat-read-action.kamelet.yaml", ToySourceTest.TOYCHAT)
                .route("kamelets/list-sink.kamelet.yaml", ListSink.KAMELET)
                .route(
                        "mappings/toychat/from/message.jslt",
                        """
                        {
                          "kind": "message",
                          "id": .room + "/" + .at,
                          "channel": .room,
                          "author": .from,
                          "time": .at * 1000000,
                          "text": .says,
                          "type": "text"
                        }
                        """)
                .route("mappings/list/to/message.jslt", "{\"text\": .text}")
                .route("mappings/list/to/user.jslt", "{\"user\": .links.name}")
                .route("mappings/list/to/channel.jslt", "{\"channel\": .links.name}");
    }

    private void assertRefused(String code, String... words) throws Exception {
        looks();
        assertThat(service.reload.state().refused()).hasSize(1).first().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem).hasMessageContainingAll(words);
        });
        assertThat(messages("still")).containsExactly("{\"text\":\"still\"}");
    }

    /** File and line of the place so many lines before a text: a step begins at its dash. */
    private String at(String name, String text, int before) throws IOException {
        var lines = Files.readAllLines(file(name));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return "%s, line %d:".formatted(name, i + 1 - before);
            }
        }
        throw new AssertionError(name + " has no " + text);
    }

    private void looks() {
        service.reload.look();
        service.reload.look();
    }

    private static void inAnotherThread(Runnable work) {
        var thread = new Thread(work);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> routes() {
        return service.camel.getRoutes().stream()
                .map(route -> route.getRouteId())
                .toList();
    }

    private Path file(String name) {
        return folder.resolve("routes").resolve(name);
    }

    private void write(String name, String content) {
        try {
            Files.writeString(file(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void replace(String name, String before, String after) {
        try {
            var content = Files.readString(file(name));
            assertThat(content).contains(before);
            write(name, content.replace(before, after));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the sink got of one more message. */
    private List<String> messages(String text) throws IOException {
        sink.delivered.clear();
        Files.writeString(
                folder.resolve("chat.jsonl"),
                "{\"room\":\"lobby\",\"from\":\"ann\",\"at\":%d,\"says\":\"%s\"}\n"
                        .formatted(1700000000 + sent++, text),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        assertThat(service.run()).isEqualTo(Run.State.COMPLETED);
        return sink.delivered.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).contains(text))
                .toList();
    }

    /** Says everything louder. */
    public static final class Shout {
        public Batch shout(Batch batch) {
            return batch.withItems(batch.items().stream()
                    .map(item -> item.withTarget(Target.of(
                            new String(item.target().payload(), StandardCharsets.UTF_8)
                                    .toUpperCase(Locale.ROOT)
                                    .getBytes(StandardCharsets.UTF_8),
                            1,
                            List.of())))
                    .toList());
        }
    }
}
