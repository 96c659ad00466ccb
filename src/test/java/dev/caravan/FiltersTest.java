package dev.caravan;

import java.nio.file.Path;
import java.util.List;

import dev.caravan.Packages.Post;
import dev.caravan.connector.mattermost.MattermostPackageRules;
import dev.caravan.ledger.Findings;
import dev.caravan.ledger.Run;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the operator leaves out is filtered by a named rule and counted. */
class FiltersTest {

    /** Midnight in Shanghai at the start of 2024-03-10, which is 16:00 of the day before in UTC. */
    private static final long MIDNIGHT = 1_710_000_000;

    @TempDir
    Path folder;

    private final Workspace workspace = new Workspace()
            .user("U1", "ann")
            .channel("C1", "general", "U1")
            .channel("C2", "random", "U1")
            .says("C1", "U1", MIDNIGHT - 1 + ".999999", "last second before")
            .says("C1", "U1", MIDNIGHT + ".000000", "first")
            .says("C1", "U1", MIDNIGHT + 86_399 + ".999999", "last")
            .says("C1", "U1", MIDNIGHT + 86_400 + ".000000", "first second after")
            .says("C2", "U1", MIDNIGHT + 5 + ".000000", "random");

    private TestMigration migration;

    @BeforeEach
    void set() {
        migration = new TestMigration(folder)
                .with("caravan.source.path", folder.resolve("export.zip").toString())
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com");
    }

    @Test
    void datesAreDaysOfTheTimeZoneFromInclusiveToExclusive() {
        migration
                .with("caravan.time-zone", "Asia/Shanghai")
                .with("caravan.filter.from", "2024-03-10")
                .with("caravan.filter.to", "2024-03-11");
        run();

        assertThat(messages()).containsExactly("first", "last", "random");
        assertFiltered("message", "date-range", 2);
    }

    @Test
    void theSameDaysInUtcAreOthers() {
        migration.with("caravan.filter.from", "2024-03-10");
        run();

        assertThat(messages()).containsExactly("last", "first second after");
    }

    @Test
    void aReplyInsideBringsItsRootAsAStub() {
        migration
                .with("caravan.time-zone", "Asia/Shanghai")
                .with("caravan.filter.from", "2024-03-10")
                .with("caravan.orphan-reply", "dead-letter");
        workspace.replies("C1", "U1", MIDNIGHT + 9 + ".000000", MIDNIGHT - 1 + ".999999", "reply");
        run();

        assertThat(Packages.posts(folder.resolve("package.zip")))
                .contains(
                        new Post("general", 0, MIDNIGHT * 1000 - 1, ""),
                        new Post("general", MIDNIGHT * 1000 - 1, (MIDNIGHT + 9) * 1000, "reply"));
        assertThat(rules()).contains("stub-root").doesNotContain("orphan-reply");
    }

    @Test
    void aReplyWhoseRootIsNowhereIsNoStub() {
        workspace.replies("C1", "U1", MIDNIGHT + 9 + ".000000", MIDNIGHT - 5 + ".000000", "reply");
        run();

        assertThat(rules()).contains("orphan-reply").doesNotContain("stub-root");
    }

    @Test
    void onlyTheChannelsNamedAreCarried() {
        migration.with("caravan.filter.channels", "random");
        run();

        assertThat(messages()).containsExactly("random");
        assertFiltered("channel", "channel-filter", 1);
        assertFiltered("membership", "channel-filter", 1);
        assertFiltered("message", "channel-filter", 4);
    }

    @Test
    void aChannelIsLeftOutByItsId() {
        migration.with("caravan.filter.except-channels", "C1");
        run();

        assertThat(messages()).containsExactly("random");
    }

    private void run() {
        workspace.export(folder, "export.zip");
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(MattermostPackageRules.broken(folder.resolve("package.zip"))).isEmpty();
        try (var ledger = migration.ledger()) {
            Accounts.assertHolds(ledger.runs().account(1));
        }
    }

    private void assertFiltered(String kind, String rule, long n) {
        try (var ledger = migration.ledger()) {
            assertThat(ledger.runs().account(1).counts())
                    .containsEntry(new Tally.Key(kind, Tally.What.FILTERED, rule), n);
        }
    }

    private List<String> messages() {
        return Packages.posts(folder.resolve("package.zip")).stream()
                .map(Post::message)
                .toList();
    }

    private List<String> rules() {
        try (var ledger = migration.ledger()) {
            return ledger.findings().page(1, null, 0, 1000).stream()
                    .map(Findings.Stored::finding)
                    .map(finding -> finding.rule())
                    .toList();
        }
    }
}
