package dev.caravan;

import java.util.List;

import dev.caravan.migration.verification.SealedPackage;
import org.junit.jupiter.api.Test;

import static dev.caravan.LastVerification.differences;
import static dev.caravan.LastVerification.summary;
import static dev.caravan.LastVerification.unexplained;
import static org.assertj.core.api.Assertions.assertThat;

/** A package was loaded: the verdict over the next one asks for what that one can hold, and for nothing less. */
class ImportedVerdictTest extends ImportedAtWork {

    @Test
    void theLastSealOfAFolderIsReadBack() {
        assertThat(unexplained(migration)).isEmpty();
        workspace.says("C1", "U1", "1700000009.000000", "more");
        run("second.zip");

        assertThat(unexplained(migration)).isEmpty();
        assertThat(summary(migration)).contains("\"verdict\":\"equal");
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
}
