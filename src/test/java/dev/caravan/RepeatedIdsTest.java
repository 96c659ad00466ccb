package dev.caravan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.caravan.Packages.Post;
import dev.caravan.ledger.Findings;
import dev.caravan.ledger.Run;
import dev.caravan.model.Tally.What;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A source that has ids twice: what becomes of them does not hang on where its batches end. */
class RepeatedIdsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void theLaterEditStaysElseTheFirstAndTheAccountHolds(int batchSize) throws IOException {
        var chat = Files.writeString(
                folder.resolve("chat.jsonl"),
                """
                {"id":"a","at":1700000000,"says":"first"}
                {"id":"b","at":1700000001,"says":"before the edit"}
                {"id":"a","at":1700000000,"says":"second"}
                {"id":"b","at":1700000001,"edited":1700000009,"says":"after the edit"}
                {"id":"a","at":1700000000,"says":"first"}
                """);
        var zip = folder.resolve("package.zip");
        var migration = new TestMigration(folder)
                .with("caravan.source.kind", "toychat")
                .with("caravan.source.path", chat.toString())
                .with("caravan.sink.kind", "mattermost-bulk")
                .with("caravan.sink.path", zip.toString())
                .with("caravan.sink.team", "town")
                .with("caravan.sink.email-domain", "example.com")
                .route(
                        "kamelets/toychat-read-action.kamelet.yaml",
                        ToySourceTest.TOYCHAT.replace(
                                "path: '{{path}}'", "path: '{{path}}'\n          batchSize: " + batchSize))
                .route(
                        "mappings/toychat/from/message.jslt",
                        """
                        {"kind": "message", "id": "lobby/" + .id, "channel": "lobby", "author": "ann", "type": "text",
                         "time": .at * 1000000, "edited": if (.edited) .edited * 1000000, "text": .says}
                        """);

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(Packages.posts(zip)).extracting(Post::message).containsExactly("first", "after the edit");
        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(1);
            Accounts.assertHolds(account);
            assertThat(account.of("message", What.READ)).isEqualTo(5);
            assertThat(account.of("message", What.DELIVERED)).isEqualTo(2);
            assertThat(account.of("message", What.FILTERED)).isEqualTo(3);
            assertThat(account.of("edit", What.READ)).isEqualTo(account.of("edit", What.DELIVERED));
            assertThat(ledger.findings().page(1, "duplicate-id", 0, 9))
                    .extracting(Findings.Stored::finding)
                    .hasSize(3);
            assertThat(ledger.findings().page(1, "edited-since", 0, 9)).isEmpty();
        }
    }
}
