package dev.caravan.migration.letters;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

import dev.caravan.ledger.Letter;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterState;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally.What;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What people can do with dead letters, and what comes of it. */
class LettersTest {

    @TempDir
    Path brokenFolder;

    private BrokenMigration given;

    @BeforeEach
    void migrateTheBrokenExport() {
        given = new BrokenMigration(TestDatabase.SQLITE, brokenFolder);
    }

    @Test
    void a_letter_refused_again_stays_open_and_the_account_as_it_was() {
        var before = given.account(1);

        given.migration.replay(given.only(BrokenExport.NO_TS, BrokenExport.STRING, BrokenExport.REST));

        assertThat(given.account(1)).isEqualTo(before);
        assertThat(List.of(
                        given.letter(BrokenExport.NO_TS),
                        given.letter(BrokenExport.STRING),
                        given.letter(BrokenExport.REST)))
                .allMatch(letter -> letter.state() == LetterState.OPEN && letter.attempts() == 2)
                .extracting(Letter.Head::cause)
                .containsExactly("time-missing", "not-an-object", "json-syntax");
    }

    @Test
    void only_letters_of_the_cause_asked_for_are_sent() {
        given.mendAll();

        given.migration.replay(new Selection(new TreeSet<>(), LetterFilter.ALL.withCause("time-missing")));

        assertThat(given.letters())
                .filteredOn(letter -> letter.state() == LetterState.REPLAYED)
                .extracting(BrokenMigration::place)
                .containsExactly(BrokenExport.NO_TS);
    }

    @Test
    void of_the_rest_of_an_entry_what_is_refused_becomes_a_letter_of_its_own() {
        long read = given.count(1, What.READ);
        long dead = given.count(1, What.DEAD);
        long delivered = given.count(1, What.DELIVERED);
        given.edit(
                BrokenExport.REST,
                """
                {"type":"message","user":"U1","text":"a","ts":"1704153601.000100"}
                {"type":"message","user":"U1","text":"no ts"}
                {"type":"message","user":"U1","text":"b","ts":"1704153602.000100"}"""
                        .getBytes(UTF_8));

        given.migration.replay(Selection.ALL);

        assertThat(given.letter(BrokenExport.REST).state()).isEqualTo(LetterState.REPLAYED);
        assertThat(given.letter("general/2024-01-02.json#2").cause()).isEqualTo("time-missing");
        assertThat(given.count(1, What.READ)).isEqualTo(read + 2);
        assertThat(given.count(1, What.DELIVERED)).isEqualTo(delivered + 2);
        assertThat(given.count(1, What.DEAD)).isEqualTo(dead);
    }

    @Test
    void a_letter_an_older_run_left_is_read_into_the_account_of_the_last_one() {
        var mended = given.export.mended(brokenFolder);
        assertThat(mended).isEqualTo(brokenFolder.resolve("export.zip"));
        given.migration.run();
        given.edit(
                BrokenExport.NO_TS,
                "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"x\",\"ts\":\"1704067209.000100\"}".getBytes(UTF_8));
        int run = 2;
        long read = given.count(run, What.READ);

        given.migration.replay(given.only(BrokenExport.NO_TS));

        assertThat(given.count(run, What.READ)).isEqualTo(read + 1);
        assertThat(given.count(run, What.DEAD)).isZero();
        assertThat(given.letter(BrokenExport.NO_TS).state()).isEqualTo(LetterState.REPLAYED);
    }

    @Test
    void an_edit_that_is_no_record_is_refused_with_its_place() {
        assertThatThrownBy(() -> given.edit(BrokenExport.NO_TS, "{\"a\":1,\n \"b\" 2}".getBytes(UTF_8)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-602")
                .hasMessageContaining("line 2, column 6");
        assertThatThrownBy(() -> given.edit(BrokenExport.NO_TS, "[{}]".getBytes(UTF_8)))
                .hasMessageContaining("CRV-604");
        assertThatThrownBy(() -> given.edit(BrokenExport.NO_TS, new byte[] {'"', -1, '"'}))
                .hasMessageContaining("CRV-607");
        assertThatThrownBy(() -> given.edit(BrokenExport.NO_TS, "{\"a\":1,\"a\":2}".getBytes(UTF_8)))
                .hasMessageContaining("CRV-606");
        assertThatThrownBy(() -> given.edit(BrokenExport.REST, "{\"a\":1},\n{\"a\":}".getBytes(UTF_8)))
                .hasMessageContaining("CRV-602")
                .hasMessageContaining("line 2, column 6");
        assertThatThrownBy(() -> given.migration.letters().edit(999, "{}".getBytes(UTF_8)))
                .hasMessageContaining("CRV-601");
        given.migration.letters().waive(given.only(BrokenExport.STRING), "anna", "no");
        assertThatThrownBy(() -> given.edit(BrokenExport.STRING, "{}".getBytes(UTF_8)))
                .hasMessageContaining("CRV-608");
    }
}
