package dev.caravan.connector.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import dev.caravan.TestMigration;
import dev.caravan.connector.slack.ExportZip;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows of somebody's that a run replaced come back at a rollback, wherever the run ended before. */
class JdbcReplacedTest {

    private static final int MESSAGES = 30;
    private static final String PEOPLE = "SELECT * FROM person ORDER BY id";
    private static final String TEXTS = "SELECT * FROM message ORDER BY id";
    private static final String REACTIONS = "SELECT * FROM reaction ORDER BY person_id";

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({"POSTGRESQL, SQLITE", "POSTGRESQL, POSTGRESQL"})
    void rowsOfSomebodyComeBackWhereverTheRunEnded(TargetDatabase database, TestDatabase ledger) throws Exception {
        int steps = 0;
        while (endsAfter(steps + 1, database, ledger)) {
            steps++;
        }
        assertThat(steps).as("steps at which it ended").isGreaterThanOrEqualTo(5);
    }

    /** False when the run came to its end before. */
    private boolean endsAfter(int steps, TargetDatabase database, TestDatabase ledger) throws Exception {
        var folder = Files.createDirectory(temporary.resolve("after" + steps));
        var ends = new EndsAfter(steps);
        var migration = database.target(new TestMigration(folder), folder)
                .on(ledger)
                .with("caravan.batch-size", "10")
                .with("caravan.source.path", export(folder).toString())
                .bean("ends", ends);
        var sink = Files.readString(folder.resolve("routes/kamelets/jdbc-sink.kamelet.yaml"));
        var call = "        - bean:\n            ref: jdbcSink\n            method: deliver\n";
        assertThat(sink).contains(call);
        migration.route("kamelets/jdbc-sink.kamelet.yaml", sink.replace(call, end("before") + call + end("behind")));
        given(database, folder);
        var before = everything(database, folder);

        if (!ends.ends(migration)) {
            return false;
        }
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(database.rows(folder, "SELECT id FROM message WHERE body = 'text'"))
                .hasSize(MESSAGES);

        assertThat(migration.rollback(false).kept()).isEmpty();
        assertThat(everything(database, folder)).isEqualTo(before);
        return true;
    }

    private static String end(String method) {
        return "        - bean:\n            ref: ends\n            method: " + method + "\n";
    }

    private static void given(TargetDatabase database, Path folder) throws Exception {
        database.createTables(folder);
        database.execute(
                folder,
                "INSERT INTO person (id, source_id, name, bot, deleted, placeholder)"
                        + " VALUES ('U1', 'theirs', 'somebody', true, false, false)");
        for (int n : List.of(3, 4, 25)) {
            database.execute(
                    folder,
                    "INSERT INTO message (id, channel_id, author_id, type, body, broadcast, pinned, placeholder) VALUES ('"
                            + id(n) + "', 'theirs', 'U9', 'text', 'theirs " + n + "', false, true, false)");
        }
        database.execute(folder, "INSERT INTO reaction VALUES ('" + id(4) + "', 'wave', 'U9')");
    }

    private static List<List<String>> everything(TargetDatabase database, Path folder) {
        return List.of(database.rows(folder, PEOPLE), database.rows(folder, TEXTS), database.rows(folder, REACTIONS));
    }

    private static Path export(Path folder) {
        var messages = IntStream.range(0, MESSAGES)
                .mapToObj(n -> "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"text\",\"ts\":\"17000000%02d.000100\"}"
                        .formatted(n))
                .toList();
        return new ExportZip()
                .with("users.json", "[{\"id\":\"U1\",\"name\":\"ada\"},{\"id\":\"U2\",\"name\":\"bob\"}]")
                .with("channels.json", "[{\"id\":\"C1\",\"name\":\"general\",\"members\":[\"U1\",\"U2\"]}]")
                .with("general/2023-11-14.json", messages.toString())
                .write(folder, "export.zip");
    }

    private static String id(int number) {
        return "C1/17000000%02d.000100".formatted(number);
    }
}
