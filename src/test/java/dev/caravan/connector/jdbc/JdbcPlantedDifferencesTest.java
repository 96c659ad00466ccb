package dev.caravan.connector.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

import dev.caravan.TestMigration;
import dev.caravan.connector.slack.ExportZip;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.caravan.LastVerification.differences;
import static org.assertj.core.api.Assertions.assertThat;

/** The database is spoiled in several places; verification names each of them, and nothing else. */
class JdbcPlantedDifferencesTest {

    private static final String USERS = "[{\"id\":\"U1\",\"name\":\"ada\"},{\"id\":\"U2\",\"name\":\"bob\"},"
            + "{\"id\":\"U3\",\"name\":\"eve\"},{\"id\":\"U4\",\"name\":\"gil\"}]";
    private static final String CHANNELS = "[{\"id\":\"C1\",\"name\":\"general\",\"members\":[\"U1\",\"U2\"]},"
            + "{\"id\":\"C2\",\"name\":\"random\",\"members\":[\"U1\"]}]";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void eachIsNamedAndNothingElse(TargetDatabase database) {
        var migration = migrated(database);

        database.execute(folder, "DELETE FROM message WHERE id = '" + id(3) + "'");
        database.execute(
                folder,
                "INSERT INTO message (id, channel_id, author_id, sent_at, type, body, broadcast, pinned, placeholder)"
                        + " SELECT 'C1/never', channel_id, author_id, sent_at, type, body, broadcast, pinned, placeholder"
                        + " FROM message WHERE id = '" + id(4) + "'");
        database.execute(folder, "UPDATE message SET body = 'something else' WHERE id = '" + id(5) + "'");
        database.execute(
                folder, "UPDATE message SET sent_at = '2023-11-14 22:13:26.500000' WHERE id = '" + id(6) + "'");
        database.execute(folder, "UPDATE message SET author_id = 'U2' WHERE id = '" + id(7) + "'");
        database.execute(folder, "UPDATE message SET thread_id = '" + id(2) + "' WHERE id = '" + id(9) + "'");
        database.execute(folder, "DELETE FROM reaction WHERE message_id = '" + id(10) + "' AND person_id = 'U2'");
        database.execute(folder, "UPDATE message SET channel_id = 'C2' WHERE id = '" + id(11) + "'");
        database.execute(folder, "UPDATE person SET deleted = true WHERE id = 'U2'");
        database.execute(folder, "DELETE FROM membership WHERE channel_id = 'C2'");
        database.execute(folder, "INSERT INTO membership (channel_id, person_id) VALUES ('C2', 'U2')");
        database.execute(folder, "UPDATE channel SET archived = true WHERE id = 'C2'");
        database.execute(folder, "UPDATE person SET display_name = 'Somebody' WHERE id = 'U3'");
        database.execute(folder, "DELETE FROM person WHERE id = 'U4'");
        database.execute(folder, "UPDATE message_file SET sha256 = '00' WHERE message_id = '" + id(12) + "'");
        migration.run();

        assertThat(differences(migration))
                .containsExactlyInAnyOrder(
                        id(3) + " missing",
                        "C1/never extra",
                        id(5) + " text",
                        id(6) + " time",
                        id(7) + " author",
                        id(9) + " thread",
                        id(10) + " reactions",
                        id(11) + " conversation",
                        id(12) + " files",
                        "U3 name",
                        "U4 missing",
                        "C2/U2 extra",
                        "U2 deleted",
                        "C2/U1 missing",
                        "C2 archived");
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatIsThereTwiceIsNamedAsDuplicate(TargetDatabase database) throws IOException {
        var migration = migration(database);
        // Its key is an index that can be dropped, or there could be no second one.
        var tables = folder.resolve("routes/mappings/jdbc/tables.sql");
        Files.writeString(
                tables,
                Files.readString(tables)
                                .replaceFirst(
                                        "(?s)(EXISTS message \\(\\s+id VARCHAR\\(255\\) NOT NULL) PRIMARY KEY", "$1")
                        + "CREATE UNIQUE INDEX IF NOT EXISTS message_key ON message (id);");
        migration.run();
        assertThat(differences(migration)).isEmpty();

        database.execute(folder, "DROP INDEX message_key");
        database.execute(folder, "INSERT INTO message SELECT * FROM message WHERE id = '" + id(5) + "'");
        migration.with("caravan.sink.create-tables", "false").run();

        assertThat(differences(migration)).containsExactly(id(5) + " duplicate");
    }

    /** Here order is time, and nothing else. */
    @ParameterizedTest
    @EnumSource
    void rowsThatChangedPlacesAreNamedByTimeAndOrder(TargetDatabase database) {
        var migration = migrated(database);

        database.execute(
                folder, "UPDATE message SET sent_at = '2023-11-14 22:13:25.500000' WHERE id = '" + id(4) + "'");

        migration.run();
        assertThat(differences(migration))
                .hasSize(2)
                .contains(id(4) + " time")
                .allMatch(named -> named.startsWith(id(4)) || named.equals(id(5) + " order"));
    }

    private TestMigration migrated(TargetDatabase database) {
        var migration = migration(database);
        migration.run();
        assertThat(differences(migration)).isEmpty();
        return migration;
    }

    private TestMigration migration(TargetDatabase database) {
        return database.target(new TestMigration(folder), folder)
                .with("caravan.source.path", export().toString())
                .with("caravan.source.files-folder", files().toString());
    }

    private static String id(int n) {
        return "C1/17000000%02d.000100".formatted(n);
    }

    private Path files() {
        try {
            var file = folder.resolve("files/F1/plan.txt");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "north, then east");
            return folder.resolve("files");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path export() {
        var messages = new ArrayList<String>();
        for (int n = 1; n <= 12; n++) {
            var more =
                    switch (n) {
                        case 9 -> ",\"thread_ts\":\"1700000001.000100\"";
                        case 10 -> ",\"reactions\":[{\"name\":\"wave\",\"users\":[\"U1\",\"U2\"]}]";
                        case 12 -> ",\"files\":[{\"id\":\"F1\",\"name\":\"plan.txt\"}]";
                        default -> "";
                    };
            messages.add(
                    "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"Message %d\",\"ts\":\"17000000%02d.000100\"%s}"
                            .formatted(n, n, more));
        }
        return new ExportZip()
                .with("users.json", USERS)
                .with("channels.json", CHANNELS)
                .with("general/2023-11-14.json", "[" + String.join(",", messages) + "]")
                .write(folder, "export.zip");
    }
}
