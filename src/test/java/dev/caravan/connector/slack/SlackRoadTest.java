package dev.caravan.connector.slack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.caravan.TestMigration;
import dev.caravan.ledger.Run;
import dev.caravan.model.Batch;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Slack exports on the real road, into a sink that only keeps what it is sent. */
class SlackRoadTest {

    private static final String SINK =
            """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: kept-sink
            spec:
              definition:
                title: Kept Sink
                type: object
                properties: {}
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - bean:
                        ref: kept
                        method: send
            """;

    @TempDir
    Path folder;

    private final Kept kept = new Kept();

    private TestMigration migration(Path export) {
        return new TestMigration(folder)
                .with("caravan.source.kind", "slack-export")
                .with("caravan.source.path", export.toString())
                .with("caravan.sink.kind", "kept")
                .bean("kept", kept)
                .route("kamelets/kept-sink.kamelet.yaml", SINK)
                .route("mappings/kept/to/message.jslt", "{\"text\": .text, \"id\": .id}")
                .route("mappings/kept/to/membership.jslt", "{\"id\": .id}")
                .route("mappings/kept/to/user.jslt", "{\"id\": .id}")
                .route("mappings/kept/to/channel.jslt", "{\"id\": .id}");
    }

    @Test
    void all91MessagesOfTheFixtureAreAccountedFor() throws Exception {
        var migration = migration(Path.of("src/test/resources/slack/zulip-fixture.zip"));

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(1);
            assertThat(account.of("message", Tally.What.READ)).isEqualTo(91);
            assertThat(account.of("message", Tally.What.DELIVERED)).isEqualTo(91);
            assertThat(account.of("channel", Tally.What.DELIVERED)).isEqualTo(2);
            assertThat(account.of("membership", Tally.What.DEAD)).isZero();
        }
        assertThat(kept.messages).isEqualTo(91);
    }

    @Test
    void unknownSubtypesAreNotedAndSkippedOnesAreCountedUnderTheirRule() throws Exception {
        var export = ExportZip.withGeneral()
                .day(
                        "2023-11-14",
                        "{\"ts\":\"1700000000.000000\",\"user\":\"U1\",\"text\":\"a\",\"subtype\":\"new_thing\"}",
                        "{\"ts\":\"1700000001.000000\",\"user\":\"U1\",\"text\":\"b\",\"subtype\":\"channel_join\"}")
                .write(folder, "a.zip");
        var migration = migration(export)
                .route(
                        "rules/slack-subtypes.yaml",
                        """
                        subtypes:
                          - {subtype: channel_join, policy: skip, rule: no-joins}
                        unknown: {policy: carry, rule: unknown-subtype}
                        """);

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(1);
            assertThat(account.of("message", Tally.What.READ)).isEqualTo(2);
            assertThat(account.of("message", Tally.What.DELIVERED)).isEqualTo(1);
            assertThat(account.counts())
                    .containsEntry(new Tally.Key("message", Tally.What.FILTERED, "no-joins"), 1L)
                    .containsEntry(new Tally.Key("message", Tally.What.FINDING, "unknown-subtype"), 1L);
        }
    }

    /** Accepts everything. */
    public static final class Kept {
        private final List<String> payloads = new ArrayList<>();
        private long messages;

        public synchronized Batch send(Batch batch) {
            batch.items().forEach(item -> payloads.add(new String(item.target().payload())));
            messages += batch.kind() == Kind.MESSAGE ? batch.items().size() : 0;
            return batch.withItems(batch.items().stream()
                    .map(item -> item.withOutcome(new Outcome.Accepted(null, null)))
                    .toList());
        }
    }
}
