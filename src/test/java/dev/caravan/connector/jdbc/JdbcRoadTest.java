package dev.caravan.connector.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.caravan.LastVerification;
import dev.caravan.TestMigration;
import dev.caravan.connector.slack.ExportZip;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whole migrations into a database. */
class JdbcRoadTest {

    private static final String USERS = "[{\"id\":\"U1\",\"name\":\"ada\"},{\"id\":\"U2\",\"name\":\"bob\"}]";
    private static final String CHANNELS = "[{\"id\":\"C1\",\"name\":\"general\",\"members\":[\"U1\",\"U2\"]}]";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void theSampleArrivesWholeAndTheNextRunWritesNothing(TargetDatabase database) {
        var migration = to(database, Path.of("sample/acme-slack-export.zip"))
                .with("caravan.source.files-folder", "sample/acme-files");

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        var account = account(migration, 1);
        assertThat(account.of("message", What.READ)).isEqualTo(123);
        assertThat(account.of("message", What.DELIVERED)).isEqualTo(117);
        assertBalanced(account);
        var placeholders = database.rows(folder, "SELECT id FROM message WHERE placeholder");
        assertThat(database.rows(folder, "SELECT id FROM message")).hasSize(117 + placeholders.size());
        assertThat(differences(migration)).containsExactly("message rest-lost");
        var marked = database.execute(folder, "UPDATE message SET subtype = 'ours'");

        migration.run();

        assertThat(account(migration, 2).of("message", What.UNCHANGED)).isEqualTo(117);
        assertThat(database.rows(folder, "SELECT id FROM message WHERE subtype = 'ours'"))
                .hasSize(marked);
    }

    @ParameterizedTest
    @EnumSource
    void anExportAnotherProjectWroteArrivesWhole(TargetDatabase database) {
        var migration = to(database, Path.of("src/test/resources/slack/zulip-fixture.zip"));

        migration.run();

        assertThat(account(migration, 1).of("message", What.DELIVERED)).isEqualTo(91);
        assertThat(differences(migration)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anEditReplacesTheRowAndRemovesTheReactionsItNoLongerHas(TargetDatabase database) {
        var reacted = message(1, "one", ",\"reactions\":[{\"name\":\"wave\",\"users\":[\"U1\",\"U2\"]}]");
        var migration = to(database, export("first.zip", reacted, message(2, "two", "")));
        migration.run();
        assertThat(database.rows(folder, "SELECT person_id FROM reaction ORDER BY 1"))
                .containsExactly("U1", "U2");
        var edited = message(
                1,
                "uno",
                ",\"edited\":{\"ts\":\"1700000900.000000\"},\"reactions\":[{\"name\":\"wave\",\"users\":[\"U2\"]}]");

        migration
                .with(
                        "caravan.source.path",
                        export("second.zip", edited, message(2, "two", "")).toString())
                .run();

        assertThat(database.rows(folder, "SELECT id, body FROM message ORDER BY id"))
                .containsExactly("C1/1700000001.000100|uno", "C1/1700000002.000100|two");
        assertThat(database.rows(folder, "SELECT person_id FROM reaction")).containsExactly("U2");
    }

    @ParameterizedTest
    @EnumSource
    void aRowTheDatabaseRefusesIsOneDeadLetterAndItsNeighboursArrive(TargetDatabase database) throws Exception {
        refused(database, " CHECK (body <> 'forbidden')");
    }

    @Test
    void aRowItWouldRefuseOnlyInTheEndIsADeadLetterToo() throws Exception {
        TargetDatabase.POSTGRESQL.execute(
                folder, "CREATE TABLE allowed AS SELECT 'text ' || n AS body FROM generate_series(1, 50) n");
        TargetDatabase.POSTGRESQL.execute(folder, "ALTER TABLE allowed ADD PRIMARY KEY (body)");

        refused(TargetDatabase.POSTGRESQL, " REFERENCES allowed DEFERRABLE INITIALLY DEFERRED");
    }

    private void refused(TargetDatabase database, String constraint) throws Exception {
        var messages = new ArrayList<String>();
        for (int n = 1; n <= 50; n++) {
            messages.add(message(n, n == 23 ? "forbidden" : "text " + n, ""));
        }
        var migration = to(database, export("export.zip", messages.toArray(String[]::new)));
        var tables = migration.settings().home().resolve("routes/mappings/jdbc/tables.sql");
        Files.writeString(
                tables, Files.readString(tables).replace("body TEXT NOT NULL", "body TEXT NOT NULL" + constraint));

        migration.run();

        assertThat(database.rows(folder, "SELECT id FROM message")).hasSize(49);
        assertThat(migration.letters().list(LetterFilter.ALL, 0, 10))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.cause()).isEqualTo("refused-by-database");
                    assertThat(letter.sourceId()).isEqualTo("C1/1700000023.000100");
                });
        assertBalanced(account(migration, 1));
    }

    @ParameterizedTest
    @EnumSource
    void aValueThatDoesNotFitIsADeadLetterThatNamesTheColumn(TargetDatabase database) throws Exception {
        var migration = to(database, export("export.zip", message(1, "1", ""), message(2, "zwei", "")));
        var tables = migration.settings().home().resolve("routes/mappings/jdbc/tables.sql");
        Files.writeString(tables, Files.readString(tables).replace("body TEXT NOT NULL", "body INTEGER NOT NULL"));

        migration.run();

        assertThat(migration.letters().list(LetterFilter.ALL, 0, 10))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.cause()).isEqualTo("value-does-not-fit");
                    assertThat(letter.detail()).contains("message.body").doesNotContain("zwei");
                });
        assertThat(database.rows(folder, "SELECT id FROM message")).containsExactly("C1/1700000001.000100");
    }

    @ParameterizedTest
    @EnumSource
    void inModeInsertWhatIsThereStaysAndADifferentRowIsADeadLetter(TargetDatabase database) {
        to(database, export("export.zip", message(1, "one", ""), message(2, "two", "")))
                .run();
        database.execute(folder, "UPDATE message SET body = 'theirs' WHERE id = 'C1/1700000002.000100'");

        var other = folder.resolve("other");
        var again = database.target(new TestMigration(other), folder)
                .with("caravan.sink.mode", "insert")
                .with("caravan.source.path", folder.resolve("export.zip").toString());
        again.run();

        assertThat(database.rows(folder, "SELECT body FROM message ORDER BY id"))
                .containsExactly("one", "theirs");
        assertThat(again.letters().list(LetterFilter.ALL, 0, 10))
                .extracting(letter -> letter.cause())
                .containsExactly("row-differs");
    }

    @Test
    void aConnectionThatBreaksInsideAPortionLosesAndDoublesNothing() {
        var database = TargetDatabase.POSTGRESQL;
        var migration = to(database, export("first.zip", message(1, "text", "")));
        migration.run();
        database.execute(folder, "CREATE SEQUENCE attempts");
        database.execute(
                folder,
                "CREATE FUNCTION break() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " IF nextval('" + database.properties(folder).get("schema") + ".attempts') = 20"
                        + " THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$");
        database.execute(
                folder, "CREATE TRIGGER breaks BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION break()");
        var messages = new ArrayList<String>();
        for (int n = 1; n <= 50; n++) {
            messages.add(message(n, "text", ""));
        }

        var state = migration
                .with(
                        "caravan.source.path",
                        export("second.zip", messages.toArray(String[]::new)).toString())
                .run();

        assertThat(state).isEqualTo(Run.State.COMPLETED);
        assertThat(database.rows(folder, "SELECT last_value FROM attempts")).containsExactly("69");
        assertThat(database.rows(folder, "SELECT id FROM message")).hasSize(50).doesNotHaveDuplicates();
        assertThat(differences(migration)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aMissingTableOrColumnIsAProblemThatSaysWhatToDo(TargetDatabase database) {
        var migration =
                to(database, export("export.zip", message(1, "one", ""))).with("caravan.sink.create-tables", "false");

        assertThatThrownBy(migration::run)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-463")
                .hasMessageContaining("CREATE TABLE IF NOT EXISTS person (");

        migration
                .with("caravan.sink.create-tables", "true")
                .route(
                        "mappings/jdbc/to/emoji.jslt",
                        "{\"table\": \"emoji\", \"key\": [\"id\"], \"row\": {\"id\": .id}}")
                .route(
                        "mappings/jdbc/to/user.jslt",
                        "{\"table\": \"person\", \"key\": [\"id\"], \"row\": {\"id\": .id, \"shoe_size\": 42}}");
        assertThatThrownBy(() -> migration.run(true))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-464")
                .hasMessageContaining("person")
                .hasMessageContaining("shoe_size");
    }

    private TestMigration to(TargetDatabase database, Path export) {
        return database.target(new TestMigration(folder), folder)
                .on(TestDatabase.valueOf(database.name()))
                .with("caravan.source.path", export.toString());
    }

    private Path export(String name, String... messages) {
        return new ExportZip()
                .with("users.json", USERS)
                .with("channels.json", CHANNELS)
                .with("general/2023-11-14.json", "[" + String.join(",", messages) + "]")
                .write(folder, name);
    }

    private static String message(int n, String text, String more) {
        return "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"%s\",\"ts\":\"17000000%02d.000100\"%s}"
                .formatted(text, n, more);
    }

    private static Tally account(TestMigration migration, int run) {
        try (var ledger = migration.ledger()) {
            return ledger.runs().account(run);
        }
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

    private static List<String> differences(TestMigration migration) {
        return LastVerification.unexplained(migration).stream()
                .map(difference -> difference.kind() + " " + difference.field())
                .toList();
    }
}
