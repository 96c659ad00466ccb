package dev.caravan.migration.reload;

import java.io.IOException;
import java.nio.file.Files;

import dev.caravan.model.Problem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Files that are wrong are refused in words, and the version before goes on. */
class RefusedEditsTest extends ServiceAtWork {

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
    void aServiceDoesNotBeginWithABrokenFile() throws Exception {
        var house = house(folder.resolve("other")).route("lane.camel.yaml", "nonsense");

        assertThatThrownBy(() -> house.serve()).isInstanceOf(Problem.class).hasMessageContaining("lane.camel.yaml");
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
}
