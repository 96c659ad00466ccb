package dev.caravan.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.caravan.model.Kind;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class KilledWriterTest {

    private static final int ENOUGH = 100;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void every_commit_that_returned_is_there_after_a_kill_and_the_lease_is_free(TestDatabase database)
            throws Exception {
        var address = database.in(folder);
        int last = -1;
        var process = start(address);
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("committed ")) {
                    last = Integer.parseInt(line.substring("committed ".length()));
                }
                if (last == ENOUGH) {
                    assertThatThrownBy(() -> Ledger.open(address))
                            .hasMessageContaining("CRV-301")
                            .hasMessageContaining(Long.toString(process.pid()));
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }

        assertThat(last).isGreaterThanOrEqualTo(ENOUGH);
        try (var ledger = await().ignoreExceptions().until(() -> Ledger.open(address), opened -> true)) {
            int committed = Integer.parseInt(ledger.checkpoints()
                    .find(1, Kind.MESSAGE, "C1")
                    .orElseThrow()
                    .position());
            assertThat(committed).isBetween(last, last + 1);
            long rows = (committed + 1L) * CommitForever.ROWS;
            assertThat(ledger.records().counts(Kind.MESSAGE))
                    .containsExactly(new Records.Count(1, RecordState.DELIVERED, rows, rows));
            assertThat(ledger.runs().account(1).of("message", Tally.What.DELIVERED))
                    .isEqualTo(rows);
            assertThat(ledger.stage().segments()).containsEntry(1, rows * 10);
        }
        if (database == TestDatabase.SQLITE) {
            try (var connection = Database.at(address).reader();
                    var check = connection.createStatement().executeQuery("PRAGMA integrity_check")) {
                assertThat(check.next()).isTrue();
                assertThat(check.getString(1)).isEqualTo("ok");
            }
        }
    }

    private static Process start(LedgerAddress address) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CommitForever.class.getName()));
        if (address instanceof LedgerAddress.Sqlite sqlite) {
            command.add(sqlite.file().toString());
        } else if (address instanceof LedgerAddress.Postgresql server) {
            command.addAll(List.of(server.jdbcUrl(), server.user(), server.password(), server.schema()));
        }
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
