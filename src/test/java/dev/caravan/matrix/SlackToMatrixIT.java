package dev.caravan.matrix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.caravan.LastVerification;
import dev.caravan.TestMigration;
import dev.caravan.ledger.Run;
import dev.caravan.model.Tally.What;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A Slack export becomes rooms of a real homeserver, and is read back there as its people see it. */
@Tag("long")
class SlackToMatrixIT extends SynapseAtWork {

    private static final Path SAMPLE = Path.of("sample/acme-slack-export.zip");

    @TempDir
    Path folder;

    @Test
    void theSampleArrivesAndReadsBackAsItWas() {
        var migration = migration("caravan_sample_");

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(1);
            assertThat(account.of("message", What.READ)).isEqualTo(123);
            assertThat(account.of("message", What.DELIVERED)).isEqualTo(117);
            assertThat(account.of("message", What.DEAD)).isEqualTo(4);
            assertThat(account.of("file", What.DELIVERED)).isEqualTo(4);
        }
        assertThat(unexplained(migration)).containsExactly("rest-lost dead letter 3");
    }

    @Test
    void aSecondRunOnAnUnchangedSourceWritesNothing() {
        var migration = migration("caravan_again_");
        migration.run();
        var before = events("caravan_again_general");

        migration.run();

        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(2);
            assertThat(account.of("message", What.DELIVERED)).isZero();
            assertThat(account.of("message", What.UNCHANGED)).isEqualTo(117);
        }
        assertThat(events("caravan_again_general")).isEqualTo(before).isNotEmpty();
    }

    @Test
    void aServerKilledInMidRunHoldsEverythingOnce() {
        var migration = migration("caravan_killed_");
        var run = CompletableFuture.supplyAsync(migration::run);
        Awaitility.await("messages arrive")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> run.isDone() || events("caravan_killed_general").size() > 12);
        assertThat(run).as("the fault comes before the end").isNotDone();

        synapse.restart();

        assertThat(run.join()).isEqualTo(Run.State.COMPLETED);
        assertThat(unexplained(migration)).containsExactly("rest-lost dead letter 3");
    }

    /** Behind a broken entry of the sample nobody knows what was there; everything else has to be equal. */
    private static List<String> unexplained(TestMigration migration) {
        return LastVerification.unexplained(migration).stream()
                .map(difference -> difference.field() + " " + difference.detail())
                .toList();
    }

    /** Ids of a public room's events, as the application service reads them. */
    private List<String> events(String alias) {
        var ids = new ArrayList<String>();
        synapse.get("/rooms/" + Synapse.encoded(synapse.room(alias)) + "/messages?dir=f&limit=1000", null)
                .path("chunk")
                .forEach(event -> {
                    if (event.path("type").asText().equals("m.room.message")) {
                        ids.add(event.path("event_id").asText());
                    }
                });
        return ids;
    }

    private TestMigration migration(String prefix) {
        return new TestMigration(folder)
                .with(synapse.sinkSettings(prefix))
                .with("caravan.source.path", SAMPLE.toString())
                .with("caravan.source.files-folder", "sample/acme-files");
    }
}
