package dev.caravan.migration.letters;

import java.nio.file.Path;

import dev.caravan.ledger.LetterState;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Mended letters make of a broken source what a mended source would have made; on every ledger. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ReplayTest {

    @Parameter
    TestDatabase database;

    @TempDir
    Path brokenFolder;

    @TempDir
    Path mendedFolder;

    private BrokenMigration given;

    @BeforeEach
    void migrateTheBrokenExport() {
        given = new BrokenMigration(database, brokenFolder);
    }

    @Test
    void after_every_letter_is_mended_and_sent_package_and_account_are_those_of_a_mended_source() {
        var mended = BrokenMigration.migration(database, mendedFolder, given.export.mended(mendedFolder));
        mended.run();

        given.mendAll();
        assertThat(given.migration.replay(Selection.ALL)).isEqualTo(Run.State.COMPLETED);

        assertThat(given.letters()).allMatch(letter -> letter.state() == LetterState.REPLAYED);
        assertThat(given.account(1)).isEqualTo(BrokenMigration.account(mended, 1));
        assertThat(given.sealed()).isEqualTo(BrokenMigration.sealed(mendedFolder));
    }

    @Test
    void a_letter_is_sent_once_however_often_it_is_asked_for() {
        given.edit(BrokenExport.NO_TS, given.export.edits().get(BrokenExport.NO_TS));
        given.migration.replay(given.only(BrokenExport.NO_TS));
        var after = given.account(1);
        var sealed = given.sealed();

        given.migration.replay(given.only(BrokenExport.NO_TS));

        assertThat(given.account(1)).isEqualTo(after);
        assertThat(given.sealed()).isEqualTo(sealed);
        assertThat(given.letter(BrokenExport.NO_TS).attempts()).isEqualTo(1);
    }

    @Test
    void the_next_run_on_the_same_broken_source_leaves_mended_and_waived_letters_alone() {
        long dead = given.count(1, What.DEAD);
        long filtered = given.count(1, What.FILTERED);
        int all = given.letters().size();
        given.edit(BrokenExport.NO_TS, given.export.edits().get(BrokenExport.NO_TS));
        given.migration.replay(given.only(BrokenExport.NO_TS));
        assertThat(given.migration.letters().waive(given.only(BrokenExport.STRING), "anna", "nobody knows"))
                .isEqualTo(1);
        assertThat(given.count(1, What.DEAD)).isEqualTo(dead - 2);
        assertThat(given.count(1, What.FILTERED)).isEqualTo(filtered + 1);
        var sealed = given.sealed();

        given.migration.run();

        assertThat(given.letters()).hasSize(all);
        assertThat(given.letter(BrokenExport.NO_TS).state()).isEqualTo(LetterState.REPLAYED);
        assertThat(given.letter(BrokenExport.STRING).state()).isEqualTo(LetterState.WAIVED);
        int run = given.letter(BrokenExport.REST).run();
        assertThat(run).isGreaterThan(1);
        assertThat(given.count(run, What.DEAD)).isEqualTo(dead - 2);
        assertThat(given.account(run)).containsEntry(new Tally.Key("message", What.FILTERED, "waived"), 1L);
        assertThat(given.count(run, What.READ))
                .isEqualTo(given.count(run, What.UNCHANGED)
                        + given.count(run, What.FILTERED)
                        + given.count(run, What.DEAD));
        assertThat(given.sealed()).isEqualTo(sealed);
        try (var ledger = given.migration.ledger()) {
            assertThat(ledger.findings().page(run, "deleted-at-source", 0, 10)).isEmpty();
        }
    }
}
