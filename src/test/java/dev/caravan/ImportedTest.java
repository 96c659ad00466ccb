package dev.caravan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.caravan.Packages.Post;
import dev.caravan.connector.mattermost.MattermostPackageRules;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.Seal;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.migration.verification.SealedPackage;
import dev.caravan.model.Finding;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.caravan.LastVerification.differences;
import static dev.caravan.LastVerification.summary;
import static dev.caravan.LastVerification.unexplained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A package was loaded; what a newer export brings is added to it, and what cannot be added is said. */
public @ParameterizedClass @EnumSource(TestDatabase.class) class ImportedTest {

    private static final String ROOT = "1700000000.000100";
    private static final String OLD = "1700000001.000100";

    @Parameter
    TestDatabase database;

    @TempDir
    Path folder;

    private TestMigration migration;
    private Workspace workspace;

    @BeforeEach
    void exportOnce() {
        workspace = new Workspace()
                .user("U1", "ann")
                .user("U2", "ben")
                .user("U4", "ann-")
                .channel("C1", "general", "U1", "U2")
                .says("C1", "U1", ROOT, "root")
                .replies("C1", "U2", "1700000000.500000", ROOT, "first reply")
                .says("C1", "U2", OLD, "old words")
                .says("C1", "U1", "1700000001.000200", "same ms")
                .says("C1", "U1", "1700000002.000000", "to be deleted");
        migration = new TestMigration(folder)
                .on(database)
                .with("caravan.sink.path", folder.resolve("out").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com");
        run("first.zip");
    }

    @Test
    void sealsAreNumberedFilesOfTheFolder() {
        workspace.says("C1", "U1", "1700000009.000000", "more");
        run("second.zip");

        assertThat(seals()).extracting(Seal::number).containsExactly(1, 2);
        assertThat(sealed(1)).isRegularFile();
        assertThat(sealed(2)).isRegularFile();
    }

    @Test
    void theLastSealOfAFolderIsReadBack() {
        assertThat(unexplained(migration)).isEmpty();
        workspace.says("C1", "U1", "1700000009.000000", "more");
        run("second.zip");

        assertThat(unexplained(migration)).isEmpty();
        assertThat(summary(migration)).contains("\"verdict\":\"equal");
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
    void nothingIsUnlikeWhenNothingChangedAfterAnImport() {
        imported(1);
        run("second.zip");

        assertVerdict("equal-by-rule", List.of());
        workspace.says("C1", "U1", "1700000009.000000", "for <@U4>, who is called ann-");
        run("third.zip");

        assertVerdict("equal-by-rule", List.of());
        assertThat(summary(migration)).contains("user.imported");
    }

    @Test
    void whatAnImportLeavesBehindIsEqualByRule() {
        imported(1);
        change();
        raiseCeiling();
        run("second.zip");

        assertVerdict("equal-by-rule", List.of("mattermost-edited-after-import C1/" + OLD + " text"));
        assertThat(summary(migration)).contains("mattermost-membership-after-import");
        imported(2);
        workspace.says("C1", "U3", "1700000011.000000", "later");
        run("third.zip");

        assertVerdict("equal-by-rule", List.of("mattermost-edited-after-import C1/" + OLD + " text"));
    }

    @Test
    void moreEditsThanTheirRuleMayTouchAreDifferent() {
        imported(1);
        change();
        run("second.zip");

        assertVerdict("different", List.of("mattermost-edited-after-import C1/" + OLD + " text"));
    }

    @Test
    void aRealDifferenceIsNamedBesideWhatAnImportLeftBehind() throws Exception {
        imported(1);
        change();
        raiseCeiling();
        run("second.zip");
        var spoiled = new SealedPackage(sealed(2));
        spoiled.post("C1/" + OLD).put("message", "neither old nor new");
        spoiled.post("C1/1700000003.000000").put("user", "ben-");
        spoiled.lines().removeIf(line -> line.at("/user/username").asText().equals("cid"));
        spoiled.write();
        run("third.zip");

        assertThat(summary(migration)).contains("\"verdict\":\"different\"");
        assertThat(unexplained(migration))
                .extracting(difference -> difference.sourceId() + " " + difference.field())
                .containsExactlyInAnyOrder(
                        "C1/" + OLD + " text", "C1/1700000003.000000 author", "U3 missing", "news/cid missing");
    }

    @Test
    void aPersonWhoIsImportedAlreadyIsOneTooManyInTheNextPackage() throws Exception {
        imported(1);
        workspace.says("C1", "U1", "1700000009.000000", "more");
        run("second.zip");
        var spoiled = new SealedPackage(sealed(2));
        spoiled.lines().add(2, new SealedPackage(sealed(1)).whole("user", "ann"));
        spoiled.write();
        run("third.zip");

        assertThat(unexplained(migration))
                .extracting(difference -> difference.sourceId() + " " + difference.field())
                .containsExactlyInAnyOrder("ann extra", "general/ann extra");
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

    private void change() {
        workspace
                .user("U3", "cid")
                .channel("C2", "news", "U1", "U3")
                .says("C1", "U2", "1700000001.000150", "late, same ms")
                .says("C1", "U2", "1700000003.000000", "new message")
                .replies("C1", "U1", "1700000004.000000", ROOT, "second reply")
                .says("C2", "U3", "1700000005.000000", "welcome")
                .says("C2", "U1", "1700000006.000000", "hi")
                .edit(OLD, "new words", "1700000050.000000")
                .delete("1700000002.000000");
    }

    /** So few messages make one edit a large share. */
    private void raiseCeiling() {
        migration.with("caravan.verify.ceiling.mattermost-edited-after-import", "0.5");
    }

    private void assertVerdict(String verdict, List<String> explained) {
        assertThat(unexplained(migration)).isEmpty();
        assertThat(differences(migration).stream().filter(one -> !one.startsWith("assigned-time ")))
                .containsExactlyElementsOf(explained);
        assertThat(summary(migration)).contains("\"verdict\":\"" + verdict + "\"");
    }

    private void run(String name) {
        assertThat(migration.with("caravan.source.path", export(name)).run(true))
                .isEqualTo(Run.State.COMPLETED);
    }

    private String export(String name) {
        return workspace.export(folder, name).toString();
    }

    private void imported(int number) {
        migration.with("caravan.sink.imported", String.valueOf(number));
    }

    private void refused(String number, String code) {
        migration.with("caravan.sink.imported", number);
        assertThatThrownBy(migration::run).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
        migration.without("caravan.sink.imported");
    }

    private Path sealed(int number) {
        return folder.resolve("out/mattermost-bulk-" + number + ".zip");
    }

    private List<Seal> seals() {
        try (var ledger = migration.ledger()) {
            return ledger.seals().all();
        }
    }

    private long version() {
        try (var ledger = migration.ledger()) {
            return ledger.stage().version();
        }
    }

    private List<Finding> findings(int run, String rule) {
        try (var ledger = migration.ledger()) {
            var all = new ArrayList<Finding>();
            ledger.findings().page(run, rule, 0, 1000).forEach(stored -> all.add(stored.finding()));
            return all;
        }
    }
}
