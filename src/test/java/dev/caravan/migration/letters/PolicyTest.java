package dev.caravan.migration.letters;

import java.io.IOException;
import java.nio.file.Files;
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
    void a_line_in_the_user_map_mends_all_letters_of_an_unknown_author() throws IOException {
        var export = ExportZip.withGeneral()
                .day(
                        "2024-01-01",
                        ExportZip.message("1704067200.000100", "a"),
                        ExportZip.message("1704067201.000100", "b").replace("U1", "U7"),
                        ExportZip.message("1704067202.000100", "c").replace("U1", "U7"));
        var map = Files.writeString(strictFolder.resolve("user-map.csv"), "source,username\n");
        var strict = BrokenMigration.migration(
                        TestDatabase.SQLITE, strictFolder, export.write(strictFolder, "export.zip"))
                .with("caravan.missing-author", "dead-letter")
                .with("caravan.user-map", map.toString());
        strict.run();

        Files.writeString(map, "source,username\nU7,ann.who.left\n");
        strict.replay(Selection.ALL);

        assertThat(strict.letters().list(LetterFilter.ALL, 0, 10))
                .extracting(Letter.Head::state)
                .containsExactly(LetterState.REPLAYED, LetterState.REPLAYED);
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
