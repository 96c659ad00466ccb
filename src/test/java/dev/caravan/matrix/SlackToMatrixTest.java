package dev.caravan.matrix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.caravan.TestMigration;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.Verifications;
import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A Slack export becomes rooms of a real homeserver, and is read back there as its people see it. */
class SlackToMatrixTest {

    private static final Path SAMPLE = Path.of("sample/acme-slack-export.zip");

    @TempDir
    static Path server;

    private static Synapse synapse;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        synapse = Synapse.start(server);
    }

    @AfterAll
    static void stop() {
        if (synapse != null) {
            synapse.close();
        }
    }

    @Test
    void theSampleArrivesAndEveryDifferenceIsExplained() {
        var migration = migration(SAMPLE, "caravan_");

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(1);
            System.out.println(account.counts());
            ledger.deadLetters().list(dev.caravan.ledger.LetterFilter.ALL, 0, 1000).forEach(System.out::println);
            System.out.println(ledger.verifications().last().orElseThrow().summary());
            ledger.verifications().page(1, 0, 1000).forEach(System.out::println);
            System.out.println(ledger.verifications().counts(1));
        }
    }

    private TestMigration migration(Path export, String prefix) {
        return new TestMigration(folder)
                .with("caravan.source.path", export.toString())
                .with("caravan.source.files-folder", "sample/acme-files")
                .with("caravan.sink.kind", "matrix")
                .with("caravan.delivery.give-up-after", "PT5S")
                .with("caravan.sink.url", synapse.url())
                .with("caravan.sink.server-name", Synapse.SERVER)
                .with("caravan.sink.as-token", Synapse.TOKEN)
                .with("caravan.sink.user-prefix", prefix);
    }
}
