package dev.caravan.migration.letters;

import java.nio.file.Path;

import dev.caravan.connector.slack.ExportZip;
import dev.caravan.ledger.Letter;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterState;
import dev.caravan.ledger.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever wants no placeholders gets dead letters, and the placeholders after all when the letters are sent again. */
class PolicyTest {

    @TempDir
    Path strictFolder;

    @TempDir
    Path lenientFolder;

    @Test
    void an_unknown_author_is_a_dead_letter_where_that_is_asked_for() {
        deadThenSent(
                "caravan.missing-author",
                "unknown-author",
                ExportZip.message("1704067201.000100", "who am I").replace("U1", "U7"));
    }

    @Test
    void a_reply_without_its_root_is_a_dead_letter_where_that_is_asked_for() {
        deadThenSent(
                "caravan.orphan-reply",
                "orphan-reply",
                ExportZip.message("1704067201.000100", "to whom?")
                        .replace("}", ",\"thread_ts\":\"1700000000.000100\"}"));
    }

    private void deadThenSent(String setting, String cause, String message) {
        var export = ExportZip.withGeneral().day("2024-01-01", ExportZip.message("1704067200.000100", "a"), message);
        var lenient = BrokenMigration.migration(
                TestDatabase.SQLITE, lenientFolder, export.write(lenientFolder, "export.zip"));
        lenient.run();
        var strict = BrokenMigration.migration(
                        TestDatabase.SQLITE, strictFolder, export.write(strictFolder, "export.zip"))
                .with(setting, "dead-letter");
        strict.run();
        assertThat(strict.letters().list(LetterFilter.ALL, 0, 10))
                .extracting(Letter.Head::cause)
                .containsExactly(cause);

        strict.replay(Selection.ALL);
        assertThat(strict.letters().show(1).head().state()).isEqualTo(LetterState.OPEN);
        strict.with(setting, "placeholder").replay(Selection.ALL);

        assertThat(strict.letters().show(1).head().state()).isEqualTo(LetterState.REPLAYED);
        assertThat(BrokenMigration.sealed(strictFolder)).isEqualTo(BrokenMigration.sealed(lenientFolder));
    }
}
