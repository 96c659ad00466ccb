package dev.caravan.migration.rollback;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.caravan.TestMigration;
import dev.caravan.ledger.Run;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally.What;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Of a file sink: package and stage go, as long as nobody imported them. */
class PackageRollbackTest {

    @TempDir
    Path folder;

    private Path sealed;
    private TestMigration migration;

    @BeforeEach
    void run() {
        sealed = folder.resolve("package.zip");
        migration = new TestMigration(folder)
                .with("caravan.source.path", "src/test/resources/slack/zulip-fixture.zip")
                .with("caravan.sink.path", sealed.toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .with("caravan.sink.bot-owner", "admin");
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
    }

    @Test
    void aDryRunTellsWhatWouldGoAndTouchesNothing() throws Exception {
        var before = Files.readAllBytes(sealed);

        var would = migration.rollback(true);

        assertThat(would.removed()).containsEntry("package", 1L).containsEntry("stage", 1L);
        assertThat(would.dryRun()).isTrue();
        assertThat(Files.readAllBytes(sealed)).isEqualTo(before);
    }

    @Test
    void packageAndStageGoAndTheNextRunMakesTheSamePackageAgain() throws Exception {
        var before = Files.readAllBytes(sealed);

        assertThat(migration.rollback(false).complete()).isTrue();

        assertThat(sealed).doesNotExist();
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(Files.readAllBytes(sealed)).isEqualTo(before);
        try (var ledger = migration.ledger()) {
            assertThat(ledger.runs().account(2).of("message", What.DELIVERED)).isEqualTo(91);
        }
    }

    @Test
    void aSecondRollbackFindsNoPackage() {
        migration.rollback(false);

        assertThat(migration.rollback(false).removed()).containsEntry("package", 0L);
    }

    @Test
    void whatIsMarkedImportedIsNotTakenBackByRemovingTheFile() {
        assertThat(migration.with("caravan.sink.imported", "1").run()).isEqualTo(Run.State.COMPLETED);

        assertThatThrownBy(() -> migration.rollback(false))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("CRV-441"));
        assertThatThrownBy(() -> migration.rollback(true)).isInstanceOf(Problem.class);
        assertThat(sealed).exists();
    }
}
