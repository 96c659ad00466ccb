package dev.caravan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

import dev.caravan.connector.mattermost.MattermostPackageRules;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The first road: a Slack export becomes a Mattermost package, every record accounted for. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class SlackToMattermostTest {

    private static final Path SAMPLE = Path.of("sample/acme-slack-export.zip");
    private static final Path ZULIP = Path.of("src/test/resources/slack/zulip-fixture.zip");

    @Parameter
    TestDatabase database;

    @TempDir
    Path folder;

    private Path sealed;

    @BeforeEach
    void namePackage() {
        sealed = folder.resolve("package.zip");
    }

    @Test
    void theSampleArrivesWholeOrIsAccountedFor() throws Exception {
        var migration = migration(SAMPLE);

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(1);
            assertThat(account.of("message", What.READ)).isEqualTo(123);
            assertThat(account.of("message", What.DEAD)).isEqualTo(4);
            assertBalanced(account);
        }
        assertThat(MattermostPackageRules.broken(sealed)).isEmpty();
    }

    @Test
    void anExportAnotherProjectWroteArrivesWhole() throws Exception {
        var migration = migration(ZULIP);

        migration.run();

        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(1);
            assertThat(account.of("message", What.READ)).isEqualTo(91);
            assertThat(account.of("message", What.DELIVERED)).isEqualTo(91);
            assertBalanced(account);
        }
        assertThat(MattermostPackageRules.broken(sealed)).isEmpty();
    }

    @Test
    void aRunThatEndedBeforeItTellsItsAccountTellsItNextTime() throws Exception {
        var migration = migration(SAMPLE);
        var told = new ArrayList<Tally>();
        var died = new IllegalStateException("died");

        assertThatThrownBy(() -> migration.run(false, run -> {
                    throw died;
                }))
                .isSameAs(died);
        var before = Files.getLastModifiedTime(sealed);
        migration.run(false, run -> told.add(accountOf(migration, run)));
        migration.run(false, run -> told.add(accountOf(migration, run)));

        assertThat(told).hasSize(2);
        assertThat(told.get(0).of("message", What.DELIVERED)).isEqualTo(117);
        assertThat(told.get(1).of("message", What.UNCHANGED)).isEqualTo(117);
        assertThat(Files.getLastModifiedTime(sealed)).isEqualTo(before);
    }

    private static Tally accountOf(TestMigration migration, Run run) {
        assertThat(run.state()).isEqualTo(Run.State.COMPLETED);
        try (var ledger = migration.ledger()) {
            return ledger.runs().account(run.id());
        }
    }

    @Test
    void aPackageThatCannotBeWrittenIsToldBeforeAnythingIsRead() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "");

        for (var path :
                new Path[] {file.resolve("package.zip"), file.resolve("new/package.zip"), folder.resolve("x.zip")}) {
            Files.createDirectories(folder.resolve("x.zip"));
            assertThatThrownBy(() -> migration(ZULIP)
                            .with("caravan.sink.path", path.toString())
                            .run())
                    .hasMessageStartingWith("CRV-402");
        }

        assertThat(folder.resolve("work")).doesNotExist();
    }

    @Test
    void aPackageThatIsGoneIsSealedAnewFromTheSameStage() throws Exception {
        var migration = migration(ZULIP);
        migration.run();
        var before = Files.readAllBytes(sealed);
        Files.delete(sealed);

        migration.run();

        assertThat(sealed).hasBinaryContent(before);
        try (var ledger = migration.ledger()) {
            assertThat(ledger.runs().account(2).of("message", What.DELIVERED)).isZero();
            assertThat(ledger.seals().all()).hasSize(2);
        }
    }

    @Test
    void settingsOfThePackageAloneMakeANewOne() {
        var migration = migration(ZULIP);
        migration.run();

        migration.with("caravan.sink.team-display-name", "The Town").run();

        assertThat(Packages.texts(sealed, "team", "display_name")).containsExactly("The Town");
        migration
                .with("caravan.sink.path", folder.resolve("other.zip").toString())
                .run();
        assertThat(folder.resolve("other.zip")).hasSameBinaryContentAs(sealed);
    }

    @Test
    void aSecondRunOnAnUnchangedSourceWritesNothing() throws Exception {
        var migration = migration(SAMPLE);
        migration.run();
        var before = Files.getLastModifiedTime(sealed);
        long stage;
        try (var ledger = migration.ledger()) {
            stage = ledger.stage().version();
        }

        migration.run();

        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(2);
            assertThat(account.of("message", What.DELIVERED)).isZero();
            assertThat(account.of("message", What.UNCHANGED)).isEqualTo(117);
            assertBalanced(account);
            assertThat(ledger.stage().version()).isEqualTo(stage);
            assertThat(ledger.seals().all()).hasSize(1);
        }
        assertThat(Files.getLastModifiedTime(sealed)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void thePackageDependsNeitherOnThreadsNorOnBatchesNorOnTheLedgersDatabase(int threads) throws Exception {
        migration(SAMPLE).run();
        var other = Files.createDirectory(folder.resolve("other"));

        new TestMigration(other)
                .with("caravan.source.path", SAMPLE.toString())
                .with("caravan.batch-size", "7")
                .with("caravan.threads", Integer.toString(threads))
                .with("caravan.sink.path", other.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .with("caravan.sink.bot-owner", "admin")
                .run();

        assertThat(other.resolve("package.zip")).hasSameBinaryContentAs(sealed);
    }

    /** Invariant 1, for each kind. */
    private static void assertBalanced(Tally account) {
        account.counts().keySet().stream().map(Tally.Key::kind).distinct().forEach(kind -> assertThat(
                        account.of(kind, What.DELIVERED)
                                + account.of(kind, What.UNCHANGED)
                                + account.of(kind, What.FILTERED)
                                + account.of(kind, What.DEAD))
                .as(kind)
                .isEqualTo(account.of(kind, What.READ)));
    }

    private TestMigration migration(Path export) {
        return new TestMigration(folder)
                .on(database)
                .with("caravan.source.path", export.toString())
                .with("caravan.sink.path", sealed.toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .with("caravan.sink.bot-owner", "admin");
    }
}
