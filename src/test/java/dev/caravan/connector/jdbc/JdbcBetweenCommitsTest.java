package dev.caravan.connector.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import dev.caravan.TestMigration;
import dev.caravan.connector.slack.ExportZip;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.model.Tally.What;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The target has its rows, and the run ends before the ledger knows of them; in one database neither has the other's. */
class JdbcBetweenCommitsTest {

    private static final int MESSAGES = 50;
    private static final String REACTED = ",\"reactions\":[{\"name\":\"wave\",\"users\":[\"U1\",\"U2\"]}]";

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({"POSTGRESQL, POSTGRESQL, upsert", "POSTGRESQL, SQLITE, insert", "SQLITE, SQLITE, upsert"})
    void nothingIsLostOrDoubledOrLeftOutOfTheJournalWhereverItEnds(
            TargetDatabase database, TestDatabase ledger, String mode) throws Exception {
        int calls = 0;
        while (endsAfter(calls + 1, database, ledger, mode)) {
            calls++;
        }
        assertThat(calls).as("calls of the sink").isGreaterThanOrEqualTo(5);
    }

    /** False when the run came to its end before. */
    private boolean endsAfter(int calls, TargetDatabase database, TestDatabase ledger, String mode) throws Exception {
        var folder = Files.createDirectory(temporary.resolve("after" + calls));
        var ends = new EndsAfter(calls);
        var migration = database.target(new TestMigration(folder), folder)
                .on(ledger)
                .with("caravan.batch-size", "20")
                .with("caravan.sink.mode", mode)
                .with("caravan.source.path", export(folder).toString())
                .bean("ends", ends);
        var sink = folder.resolve("routes/kamelets/jdbc-sink.kamelet.yaml");
        migration.route(
                "kamelets/jdbc-sink.kamelet.yaml",
                Files.readString(sink).stripTrailing()
                        + "\n        - bean:\n            ref: ends\n            method: behind\n");

        if (!ends.ends(migration)) {
            return false;
        }
        if (database == TargetDatabase.POSTGRESQL && ledger == TestDatabase.POSTGRESQL) {
            assertThat(database.rows(folder, "SELECT id FROM message")).hasSize(known(migration));
        }
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(database.rows(folder, "SELECT id FROM message ORDER BY id")).isEqualTo(ids());
        assertThat(database.rows(folder, "SELECT count(*) FROM reaction"))
                .containsExactly(String.valueOf(2 * MESSAGES));
        try (var books = migration.ledger()) {
            assertThat(books.runs().account(1).of("message", What.DELIVERED)).isEqualTo(MESSAGES);
        }
        assertThat(migration.rollback(false)).isNotNull();
        for (String table : List.of("message", "reaction", "channel", "person", "membership")) {
            assertThat(database.rows(folder, "SELECT * FROM " + table))
                    .as(table)
                    .isEmpty();
        }
        return true;
    }

    private static int known(TestMigration migration) {
        try (var books = migration.ledger()) {
            return (int) books.runs().account(1).of("message", What.DELIVERED);
        }
    }

    private static Path export(Path folder) {
        var messages = IntStream.range(0, MESSAGES)
                .mapToObj(
                        n -> "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"text\",\"ts\":\"17000000%02d.000100\"%s}"
                                .formatted(n, REACTED))
                .toList();
        return new ExportZip()
                .with("users.json", "[{\"id\":\"U1\",\"name\":\"ada\"},{\"id\":\"U2\",\"name\":\"bob\"}]")
                .with("channels.json", "[{\"id\":\"C1\",\"name\":\"general\",\"members\":[\"U1\",\"U2\"]}]")
                .with("general/2023-11-14.json", messages.toString())
                .write(folder, "export.zip");
    }

    private static List<String> ids() {
        return IntStream.range(0, MESSAGES)
                .mapToObj("C1/17000000%02d.000100"::formatted)
                .toList();
    }
}
