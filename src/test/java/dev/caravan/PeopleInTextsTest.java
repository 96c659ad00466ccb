package dev.caravan;

import java.nio.file.Path;

import dev.caravan.ledger.Findings;
import dev.caravan.ledger.Run;
import dev.caravan.model.Tally.What;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** People as texts and messages name them: in cards and topics, by a bot's id, and when no list has them. */
class PeopleInTextsTest {

    private static final String CARD =
            """
            {"attachments":[{"title":"<@U1> asks","text":"<@U1>","footer":"by <@U1>","fallback":"<@U1>",
              "fields":[{"title":"who <@U1>","value":"<@U1> in <#C1|general>","short":true}]}]}""";

    @TempDir
    Path folder;

    @Test
    void everyTextOfCardsTopicsAndPurposesNamesPeopleAsTheTargetDoes() {
        var workspace = new Workspace()
                .user("U1", "ann")
                .channel("C1", "general", "U1")
                .topic("C1", "ask <@U1>, not <@U9>", "of <@U1>")
                .says("C1", "U1", "1700000000.000000", "see", CARD);
        var migration = migration(workspace);

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        var channel = Packages.lines(zip(), "channel").get(0);
        assertThat(channel.path("header").asText()).isEqualTo("ask @ann, not &#64;U9");
        assertThat(channel.path("purpose").asText()).isEqualTo("of @ann");
        var card = Packages.lines(zip(), "post").get(0).at("/props/attachments/0");
        assertThat(card.path("title").asText()).isEqualTo("@ann asks");
        assertThat(card.path("footer").asText()).isEqualTo("by @ann");
        assertThat(card.at("/fields/0/title").asText()).isEqualTo("who @ann");
        assertThat(card.at("/fields/0/value").asText()).isEqualTo("@ann in ~general");
        assertThat(Packages.lines(zip(), "post").toString() + channel).doesNotContain("caravan:");
        try (var ledger = migration.ledger()) {
            assertThat(ledger.findings().page(1, "dangling-mention", 0, 9))
                    .extracting(Findings.Stored::finding)
                    .extracting(finding -> finding.kind() + " " + finding.detail())
                    .containsExactly("channel U9");
        }
    }

    @Test
    void aBotIsFoundByItsOwnIdAndElseMadeABot() {
        var workspace = new Workspace()
                .user("U1", "ann")
                .user("{\"id\":\"U2\",\"name\":\"deploy\",\"is_bot\":true,\"profile\":{\"bot_id\":\"B2\"}}")
                .channel("C1", "general", "U1")
                .says("C1", null, "1700000000.000000", "known", "{\"bot_id\":\"B2\"}")
                .says(
                        "C1",
                        null,
                        "1700000001.000000",
                        "unknown",
                        "{\"bot_id\":\"B3\",\"bot_profile\":{\"name\":\"CI\"}}")
                .says("C1", null, "1700000002.000000", "old", "{\"subtype\":\"bot_message\",\"username\":\"Old Hook\"}")
                .says("C1", "U9", "1700000003.000000", "nobody");
        var migration = migration(workspace).with("caravan.missing-author", "dead-letter");

        migration.run();

        try (var ledger = migration.ledger()) {
            assertThat(ledger.runs().account(1).of("message", What.DEAD)).isEqualTo(1);
            assertThat(ledger.runs().account(1).of("message", What.DELIVERED)).isEqualTo(3);
        }
        assertThat(Packages.texts(zip(), "post", "user"))
                .satisfiesExactly(
                        known -> assertThat(known).isEqualTo("deploy"),
                        unknown -> assertThat(unknown).startsWith("bot.b3-"),
                        old -> assertThat(old).startsWith("bot.old.hook-"));
        assertThat(Packages.texts(zip(), "bot", "display_name")).contains("B3", "Old Hook");
        assertThat(Packages.texts(zip(), "user", "username")).containsExactly("ann");
    }

    /** Whether somebody in no list has written before a mention is read is a matter of chance: it never resolves. */
    @ParameterizedTest
    @ValueSource(strings = {"1700000000.000000", "1700000009.000000"})
    void aMentionOfSomebodyInNoListStaysTextWhoeverWroteWhen(String writes) {
        var workspace = new Workspace()
                .user("U1", "ann")
                .channel("C1", "general", "U1")
                .says("C1", "U9", writes, "here")
                .says("C1", "U1", "1700000005.000000", "ask <@U9>");
        var migration = migration(workspace);
        migration.run();

        assertThat(Packages.texts(zip(), "post", "message")).contains("ask &#64;U9");

        migration.run();

        try (var ledger = migration.ledger()) {
            assertThat(ledger.runs().account(2).of("message", What.UNCHANGED)).isEqualTo(2);
        }
    }

    private Path zip() {
        return folder.resolve("package.zip");
    }

    private TestMigration migration(Workspace workspace) {
        return new TestMigration(folder)
                .with("caravan.source.kind", "slack-export")
                .with(
                        "caravan.source.path",
                        workspace.export(folder, "export.zip").toString())
                .with("caravan.sink.kind", "mattermost-bulk")
                .with("caravan.sink.path", zip().toString())
                .with("caravan.sink.team", "town")
                .with("caravan.sink.email-domain", "example.com")
                .with("caravan.sink.bot-owner", "ann");
    }
}
