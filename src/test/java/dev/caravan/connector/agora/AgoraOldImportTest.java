package dev.caravan.connector.agora;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

import dev.caravan.TestMigration;
import dev.caravan.agora.AgoraStubProcess;
import dev.caravan.connector.slack.ExportZip;
import dev.caravan.ledger.Run;
import dev.caravan.model.Words;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.caravan.LastVerification.differences;
import static dev.caravan.LastVerification.summary;
import static org.assertj.core.api.Assertions.assertThat;

/** The server's history goes back three days; a verification after them compares what it still shows, and says what it does not. */
class AgoraOldImportTest {

    private static AgoraStubProcess stub;

    @TempDir
    Path folder;

    private TestMigration migration;

    @BeforeAll
    static void start() {
        stub = new AgoraStubProcess();
    }

    @AfterAll
    static void stop() {
        stub.close();
    }

    @BeforeEach
    void migrateOnce() {
        stub.reset();
        // As if the hour were long over.
        stub.settings("{'exportByImport':true,'clockAheadHours':3,"
                + "'rates':{'users':100000,'chatgroups':100000,'import-groups':100000,'export':100000}}");
        migration = migration();
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(differences(migration)).isEmpty();
        assertThat(summary(migration))
                .contains(
                        "\"message\":{\"expected\":4,\"found\":4}",
                        "\"channel\":{\"expected\":2,\"found\":2}",
                        "\"notCheckedCounts\":{}");
    }

    @Test
    void whatTheHistoryNoLongerShowsIsNotCheckedAndNotMissing() throws Exception {
        fourDaysAgo();
        for (var id : new String[] {id("C1", 1), id("C1", 2), id("C1", 3), id("D1", 4)}) {
            forget(id);
        }

        migration.run();

        assertThat(differences(migration)).isEmpty();
        assertThat(summary(migration))
                .contains(
                        "\"verdict\":\"equal\"",
                        "\"message\":{\"expected\":0,\"found\":0}",
                        "\"channel\":{\"expected\":1,\"found\":1}",
                        "\"notCheckedCounts\":{\"channel.too-old\":1,\"message.too-old\":4}");
        assertThat(Files.readString(migration.desk().report(Words.ENGLISH)))
                .contains("4 messages that were not found", "1 one-to-one conversations that were not found");
    }

    @Test
    void whatItStillShowsIsComparedAsEver() throws Exception {
        fourDaysAgo();
        forget(id("C1", 1));
        stub.plant("[{'message':'%s','what':'change','set':{'/body/msg':'something else'}}]".formatted(id("C1", 2)));

        migration.run();

        assertThat(differences(migration)).containsExactly(id("C1", 2) + " text");
        assertThat(summary(migration))
                .contains(
                        "\"verdict\":\"different\"",
                        "\"message\":{\"expected\":3,\"found\":3}",
                        "\"notCheckedCounts\":{\"message.too-old\":1}");
    }

    @Test
    void whatWasBroughtLatelyAndIsNotThereIsMissing() {
        forget(id("C1", 1));

        migration.run();

        assertThat(differences(migration)).containsExactly(id("C1", 1) + " missing");
        assertThat(summary(migration)).contains("\"notCheckedCounts\":{}");
    }

    private static void forget(String message) {
        stub.plant("[{'message':'%s','what':'remove'}]".formatted(message));
    }

    private void fourDaysAgo() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("work/ledger.db"));
                var statement = connection.createStatement()) {
            long days = 4 * 24 * 3_600_000L;
            statement.executeUpdate("UPDATE run SET started = started - " + days + ", ended = ended - " + days);
        }
    }

    private TestMigration migration() {
        var migration = new TestMigration(folder)
                .with("caravan.source.path", export().toString())
                .with("caravan.sink.shift-accepted", "100");
        stub.sinkSettings().forEach(migration::with);
        return migration;
    }

    private static String id(String channel, int n) {
        return channel + "/170000000" + n + ".000100";
    }

    private Path export() {
        return new ExportZip()
                .with(
                        "users.json",
                        "[{\"id\":\"U1\",\"name\":\"ada\",\"profile\":{\"display_name\":\"Ada\"}},"
                                + "{\"id\":\"U2\",\"name\":\"bob\",\"profile\":{\"display_name\":\"Bob\"}}]")
                .with(
                        "channels.json",
                        "[{\"id\":\"C1\",\"name\":\"general\",\"creator\":\"U1\",\"members\":[\"U1\",\"U2\"]}]")
                .with("dms.json", "[{\"id\":\"D1\",\"members\":[\"U1\",\"U2\"]}]")
                .with("general/2023-11-14.json", "[" + message(1) + "," + message(2) + "," + message(3) + "]")
                .with("D1/2023-11-14.json", "[" + message(4) + "]")
                .write(folder, "export.zip");
    }

    private static String message(int n) {
        return "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"Message %d\",\"ts\":\"170000000%d.000100\"}"
                .formatted(n, n);
    }
}
