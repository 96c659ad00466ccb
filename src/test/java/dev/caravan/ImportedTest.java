package dev.caravan;

import java.nio.file.Files;
import java.util.Set;

import dev.caravan.Packages.Post;
import dev.caravan.connector.mattermost.MattermostPackageRules;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.Seal;
import dev.caravan.model.Finding;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A package was loaded; what a newer export brings is added to it, and what cannot be added is said. */
public class ImportedTest extends ImportedAtWork {

    @Test
    void sealsAreNumberedFilesOfTheFolder() {
        workspace.says("C1", "U1", "1700000009.000000", "more");
        run("second.zip");

        assertThat(seals()).extracting(Seal::number).containsExactly(1, 2);
        assertThat(sealed(1)).isRegularFile();
        assertThat(sealed(2)).isRegularFile();
    }

    @Test
    void aPathThatEndsInZipIsReplacedByEachSeal() throws Exception {
        var zip = folder.resolve("one.zip");
        migration.with("caravan.sink.path", zip.toString());
        workspace.says("C1", "U1", "1700000009.000000", "more");
        assertThat(migration.with("caravan.source.path", export("second.zip")).run(true))
                .isEqualTo(Run.State.COMPLETED);

        assertThat(Packages.posts(zip)).extracting(Post::message).contains("more");
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("one.zip")))
                    .containsExactly(zip);
        }
    }

    @Test
    void nothingIsSealedWhenNothingIsNew() throws Exception {
        var before = Files.getLastModifiedTime(sealed(1));
        long version = version();

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        migration.with("caravan.sink.imported", "1");
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(Files.getLastModifiedTime(sealed(1))).isEqualTo(before);
        assertThat(version()).isEqualTo(version);
        assertThat(seals()).extracting(Seal::imported).containsExactly(true);
    }

    @Test
    void importedPostsAreRepeatedAsTheyWereAndNewOnesStepAroundThem() {
        imported(1);
        var before = Packages.posts(sealed(1));
        change();
        run("second.zip");

        var after = Packages.posts(sealed(2));
        assertThat(after).containsAll(before).doesNotHaveDuplicates();
        assertThat(after)
                .filteredOn(post -> !before.contains(post))
                .extracting(Post::message)
                .containsExactlyInAnyOrder("new message", "late, same ms", "second reply", "welcome", "hi");
        assertThat(after)
                .filteredOn(post -> post.message().equals("second reply"))
                .extracting(Post::root)
                .containsExactly(1_700_000_000_000L);
        assertThat(after)
                .filteredOn(post -> post.message().equals("late, same ms"))
                .extracting(Post::at)
                .containsExactly(1_700_000_001_002L);
        assertThat(MattermostPackageRules.broken(sealed(1))).isEmpty();
        assertThat(MattermostPackageRules.broken(sealed(2), Set.of("ann", "ben")))
                .isEmpty();
    }

    @Test
    void editedAfterImport() {
        imported(1);
        change();
        run("second.zip");

        assertThat(findings(2, "mattermost-edited-after-import"))
                .extracting(Finding::sourceId)
                .containsExactly("C1/" + OLD);
        assertThat(findings(2, "deleted-at-source")).hasSize(1);
        assertThat(findings(2, "mattermost-membership-after-import"))
                .extracting(finding -> finding.sourceId() + " " + finding.detail())
                .containsExactly("ann channel news");
        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(2);
            assertThat(account.counts())
                    .containsEntry(new Tally.Key("message", Tally.What.FINDING, "mattermost-edited-after-import"), 1L)
                    .containsEntry(new Tally.Key("message", Tally.What.FILTERED, "mattermost-edited-after-import"), 1L)
                    .containsEntry(
                            new Tally.Key("membership", Tally.What.FINDING, "mattermost-membership-after-import"), 1L);
            Accounts.assertHolds(account);
        }
    }

    @Test
    void peopleInItGetNoUserLineAgain() {
        imported(1);
        change();
        run("second.zip");

        assertThat(Packages.texts(sealed(2), "user", "username")).containsExactly("cid");
        assertThat(Packages.lines(sealed(2), "user").get(0).at("/teams/0/channels"))
                .extracting(channel -> channel.path("name").asText())
                .containsExactly("news");
    }

    @Test
    void aThirdPackageRepeatsBothImports() {
        imported(1);
        change();
        run("second.zip");
        imported(2);
        workspace.edit("1700000003.000000", "new message, edited", "1700000099.000000");
        workspace.replies("C1", "U1", "1700000010.000000", ROOT, "third reply");
        run("third.zip");

        var after = Packages.posts(sealed(3));
        assertThat(after).containsAll(Packages.posts(sealed(2)));
        assertThat(after).hasSize(Packages.posts(sealed(2)).size() + 1);
        assertThat(Packages.lines(sealed(3), "user")).isEmpty();
        assertThat(findings(3, "mattermost-edited-after-import"))
                .extracting(Finding::sourceId)
                .containsExactlyInAnyOrder("C1/" + OLD, "C1/1700000003.000000");
    }

    @Test
    void withoutAnImportAnEditedMessageIsReplaced() {
        change();
        run("second.zip");

        assertThat(Packages.posts(sealed(2)))
                .extracting(Post::message)
                .contains("new words")
                .doesNotContain("old words");
        assertThat(findings(2, "mattermost-edited-after-import")).isEmpty();
    }

    @Test
    void aSealThatIsUnknownOrNotTheLastOrOutOfDateIsRefusedBeforeAnythingIsRead() {
        refused("7", "CRV-421");
        refused("one", "CRV-420");
        workspace.says("C1", "U1", "1700000009.000000", "more");
        run("second.zip");
        refused("1", "CRV-422");
        try (var ledger = migration.ledger()) {
            assertThat(ledger.runs().all()).hasSize(2);
            assertThat(ledger.seals().all()).extracting(Seal::imported).containsOnly(false);
        }
    }

    @Test
    void aSealIsRefusedWhenMoreWasStagedSince() {
        workspace.says("C1", "U1", "1700000009.000000", "more");
        migration.with("caravan.sink.team", "Not A Team").with("caravan.source.path", export("second.zip"));
        assertThatThrownBy(() -> migration.run(true)).hasMessageContaining("CRV-404");

        migration.with("caravan.sink.team", "acme");
        refused("1", "CRV-423");
    }

    private void refused(String number, String code) {
        migration.with("caravan.sink.imported", number);
        assertThatThrownBy(migration::run).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
        migration.without("caravan.sink.imported");
    }

    private long version() {
        try (var ledger = migration.ledger()) {
            return ledger.stage().version();
        }
    }
}
