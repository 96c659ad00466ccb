package dev.caravan.migration.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.TestMigration;
import dev.caravan.connector.slack.ExportZip;
import dev.caravan.ledger.Run;
import dev.caravan.migration.LedgerAccess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.caravan.LastVerification.differences;
import static dev.caravan.LastVerification.summary;
import static org.assertj.core.api.Assertions.assertThat;

/** A package is spoiled in one place; verification names that place, and nothing else. */
class PlantedDifferencesTest {

    private static final String USERS =
            "[{\"id\":\"U1\",\"name\":\"ada\",\"profile\":{\"email\":\"ada@example.com\",\"display_name\":\"Ada\"}},"
                    + "{\"id\":\"U2\",\"name\":\"bob\",\"profile\":{\"email\":\"bob@example.com\"}}]";
    private static final String CHANNELS = "[{\"id\":\"C1\",\"name\":\"general\",\"members\":[\"U1\",\"U2\"]},"
            + "{\"id\":\"C2\",\"name\":\"random\",\"members\":[\"U1\"]}]";
    private static final int MESSAGES = 20;
    private static final String FIRST_ROOT = id(3);
    private static final String OTHER_ROOT = id(6);
    private static final String REPLY = id(5);
    private static final String WITH_REACTION = id(8);
    private static final String WITH_FILE = id(9);
    /** In the same ms as the one before. */
    private static final String BUMPED = "C1/1700000010.000900";

    @TempDir
    Path folder;

    private TestMigration migration;
    private Path target;

    @BeforeEach
    void migrateOnce() throws IOException {
        target = folder.resolve("package.zip");
        migration = migration(folder, export(folder, ""));
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
    }

    @Test
    void nothingIsUnlikeInWhatWasSealedButWhatARuleExplains() {
        assertThat(differences(migration)).containsExactly("assigned-time " + BUMPED + " time");
        assertThat(summary(migration)).contains("\"verdict\":\"equal-by-rule\"");
    }

    @Test
    void aRuleThatOnlyTheComparisonMeetsNamesExamples() {
        assertThat(summary(migration)).contains("\"examples\":[\"" + BUMPED + "\"]");
    }

    @Test
    void aRunThatWasInterruptedSinceIsNotWhatTheTargetIsComparedWith() {
        try (var ledger = new LedgerAccess(migration.settings()).open()) {
            var second = ledger.runs().start("run", ledger.runs().fingerprint(1), true);
            ledger.runs().interrupt(second.id(), "interrupted");
        }

        assertThat(migration.verify()).isEqualTo(Run.State.COMPLETED);
        assertThat(differences(migration)).containsExactly("assigned-time " + BUMPED + " time");
    }

    @Test
    void aMissingPostIsNamed() throws IOException {
        var sealed = new SealedPackage(target);
        sealed.lines().remove(sealed.index(id(12)));

        assertThat(found(sealed)).containsExactly(id(12) + " missing");
    }

    @Test
    void aPostTooManyIsNamed() throws IOException {
        var sealed = new SealedPackage(target);
        var extra = sealed.lines().get(sealed.index(id(12))).deepCopy();
        ((ObjectNode) extra.at("/post/props")).put("caravan_id", "C1/never");
        sealed.lines().add(sealed.index(id(12)), extra);

        assertThat(found(sealed)).containsExactly("C1/never extra");
    }

    @Test
    void aChangedTextIsNamed() throws IOException {
        var sealed = new SealedPackage(target);
        sealed.post(id(12)).put("message", "something else");

        assertThat(found(sealed)).containsExactly(id(12) + " text");
    }

    @Test
    void aChangedTimeIsNamedAsTime() throws IOException {
        var sealed = new SealedPackage(target);
        var post = sealed.post(id(12));
        post.put("create_at", post.path("create_at").asLong() + 7);

        assertThat(found(sealed)).containsExactly(id(12) + " time");
    }

    @Test
    void aChangedAuthorIsNamed() throws IOException {
        var sealed = new SealedPackage(target);
        sealed.post(id(12)).put("user", "bob");

        assertThat(found(sealed)).containsExactly(id(12) + " author");
    }

    @Test
    void swappedPostsAreNamedAsOrder() throws IOException {
        var sealed = new SealedPackage(target);
        Collections.swap(sealed.lines(), sealed.index(id(12)), sealed.index(id(13)));

        assertThat(found(sealed)).hasSize(1).first().isIn(id(12) + " order", id(13) + " order");
    }

    @Test
    void aReplyInAnotherThreadIsNamed() throws IOException {
        var sealed = new SealedPackage(target);
        var reply = sealed.post(REPLY);
        ArrayNode from = sealed.replies(FIRST_ROOT);
        from.remove(from.size() - 1);
        sealed.replies(OTHER_ROOT).add(reply);

        assertThat(found(sealed)).containsExactly(REPLY + " thread");
    }

    @Test
    void aChangedReactionIsNamed() throws IOException {
        var sealed = new SealedPackage(target);
        ((ObjectNode) sealed.post(WITH_REACTION).at("/reactions/0")).put("emoji_name", "tada");

        assertThat(found(sealed)).containsExactly(WITH_REACTION + " reactions");
    }

    @Test
    void aChangedByteOfAFileIsNamed() throws IOException {
        var sealed = new SealedPackage(target);
        sealed.damage("F1_plan.txt");

        assertThat(found(sealed)).containsExactly(WITH_FILE + " files");
    }

    @Test
    void aFileThatIsGoneIsNamed() throws IOException {
        var sealed = new SealedPackage(target);
        sealed.post(WITH_FILE).remove("attachments");

        assertThat(found(sealed)).containsExactly(WITH_FILE + " files");
    }

    @Test
    void aPostTwiceIsNamedAsDuplicate() throws IOException {
        var sealed = new SealedPackage(target);
        sealed.lines().add(sealed.lines().get(sealed.index(id(12))).deepCopy());

        assertThat(found(sealed)).containsExactly(id(12) + " duplicate");
    }

    @Test
    void aDuplicateBeforeItsPlaceIsNoQuestionOfOrder() throws IOException {
        var sealed = new SealedPackage(target);
        sealed.lines()
                .add(
                        sealed.index(id(10)),
                        sealed.lines().get(sealed.index(id(14))).deepCopy());

        assertThat(found(sealed)).containsExactly(id(14) + " duplicate");
    }

    @Test
    void aPostInAnotherChannelIsNamed() throws IOException {
        var sealed = new SealedPackage(target);
        sealed.post(id(12)).put("channel", "random");

        assertThat(found(sealed)).containsExactly(id(12) + " conversation");
    }

    @Test
    void severalAtOnceAreNamedEachAndNothingElse() throws IOException {
        var sealed = new SealedPackage(target);
        sealed.post(id(11)).put("message", "something else");
        sealed.post(id(16)).put("user", "bob");
        sealed.lines().remove(sealed.index(id(14)));
        sealed.lines().remove(sealed.index(id(2)));

        assertThat(found(sealed))
                .containsExactlyInAnyOrder(
                        id(2) + " missing", id(11) + " text", id(14) + " missing", id(16) + " author");
    }

    @Test
    void peopleChannelsAndMembershipsAreNamed() throws IOException {
        var sealed = new SealedPackage(target);
        sealed.line("user", "ada").put("nickname", "Somebody");
        sealed.line("user", "bob").remove("teams");
        sealed.line("channel", "random").put("deleted_at", 5).put("type", "P");

        assertThat(found(sealed)).containsExactlyInAnyOrder("U1 name", "general/bob missing", "C2 archived", "C2 type");
    }

    @Test
    void aPackageThatEndsEarlyLacksWhatIsBehind() throws IOException {
        var sealed = new SealedPackage(target);
        int from = sealed.index(id(13));
        int lost = sealed.lines().size() - from;
        sealed.lines().subList(from, sealed.lines().size()).clear();

        assertThat(found(sealed)).hasSize(lost).allMatch(difference -> difference.endsWith(" missing"));
    }

    @Test
    void aCutZipIsUnreadable() throws IOException {
        var bytes = Files.readAllBytes(target);
        Files.write(target, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        migration.run();

        assertThat(differences(migration)).containsExactly("target unreadable");
        assertThat(summary(migration)).contains("\"verdict\":\"different\"");
    }

    @Test
    void thePackageOfAnotherMigrationHasNothingInCommon() throws IOException {
        var other = Files.createDirectories(folder.resolve("other"));
        var otherExport = export(other, "1");
        migration(other, otherExport)
                .with("caravan.sink.path", other.resolve("package.zip").toString())
                .run();
        Files.copy(other.resolve("package.zip"), target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        migration.run();

        assertThat(differences(migration).stream().filter(one -> one.startsWith("C1/")))
                .hasSize(2 * MESSAGES + 2)
                .allMatch(one -> one.endsWith(" missing") || one.endsWith(" extra"));
    }

    @Test
    void aRuleAboveItsCeilingMakesTheVerdictDifferent() {
        migration.with("caravan.verify.ceiling.assigned-time", "0.01").run();

        assertThat(summary(migration)).contains("\"verdict\":\"different\"");
    }

    /** What the next run finds beside what it found before. */
    private List<String> found(SealedPackage spoiled) throws IOException {
        spoiled.write();
        migration.run();
        assertThat(summary(migration)).contains("\"verdict\":\"different\"");
        var found = new ArrayList<>(differences(migration));
        found.remove("assigned-time " + BUMPED + " time");
        return found;
    }

    private TestMigration migration(Path home, Path export) {
        return new TestMigration(home)
                .with("caravan.source.path", export.toString())
                .with("caravan.source.files-folder", folder.resolve("files").toString())
                .with("caravan.sink.path", target.toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com");
    }

    private static String id(int n) {
        return "C1/" + ts(n);
    }

    private static String ts(int n) {
        return "17000000%02d.000100".formatted(n);
    }

    /** @param mark makes the messages another company's */
    private Path export(Path home, String mark) throws IOException {
        Files.createDirectories(folder.resolve("files/F1"));
        Files.writeString(folder.resolve("files/F1/plan.txt"), "north, then east");
        var messages = new ArrayList<String>();
        for (int n = 1; n <= MESSAGES; n++) {
            messages.add(message(n, mark));
        }
        messages.add("{\"user\":\"U1\",\"text\":\"same ms\",\"ts\":\"%s\"}"
                .formatted("1700000010.000900".replace(".000", mark.isEmpty() ? ".000" : ".001")));
        return new ExportZip()
                .with("users.json", USERS)
                .with("channels.json", CHANNELS)
                .with("general/2023-11-14.json", "[" + String.join(",", messages) + "]")
                .write(home, "export.zip");
    }

    private static String message(int n, String mark) {
        var more =
                switch (n) {
                    case 4, 5 -> ",\"thread_ts\":\"" + ts(3) + "\"";
                    case 7 -> ",\"thread_ts\":\"" + ts(6) + "\"";
                    case 8 -> ",\"reactions\":[{\"name\":\"wave\",\"users\":[\"U1\",\"U2\"]}]";
                    case 9 -> ",\"files\":[{\"id\":\"F1\",\"name\":\"plan.txt\"}]";
                    default -> "";
                };
        return "{\"user\":\"U1\",\"text\":\"Message %d for <@U2>.\",\"ts\":\"%s\"%s}"
                .formatted(n, ts(n), more)
                .replace(".000100", mark.isEmpty() ? ".000100" : ".500100");
    }
}
