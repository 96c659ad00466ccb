package dev.caravan.fakechat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.caravan.ledger.LedgerAddress;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.model.Problem;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a ledger, its disk and a second writer on it do to a run. */
@Tag("long")
class LedgerFaultsIT extends LiveFaults {

    private static final int ENVIRONMENT = 3;

    @Test
    void aLedgerThatIsCutOffStopsTheRunAndTheNextOneGoesOn() throws Exception {
        try (var server = EmbeddedPostgres.start();
                var network = new FaultProxy(server.getPort())) {
            migration.on(ledger(network.port()));
            var run = run();
            messages(ENOUGH);
            network.freeze();
            passes(Duration.ofSeconds(1));
            network.pass();
            messages(ENOUGH + 300);
            network.refuse();

            stopsWith("CRV-305", run);
            network.pass();
            goesOn();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIT", "KILL"})
    void aLedgerServerThatIsStoppedAtOnceAndStartedAgainHoldsEverything(String signal) throws Exception {
        var data = folder.resolve("postgres");
        var server = server(data, 0);
        try {
            migration.on(ledger(server.getPort()));
            var run = run();
            messages(ENOUGH);
            stopAtOnce(data, signal);

            stopsWith("CRV-305", run);
            server.close();
            server = server(data, server.getPort());
            goesOn();
        } finally {
            server.close();
        }
    }

    @Test
    void aFullDiskUnderTheLedgerStopsTheRunAndTheNextOneGoesOn() throws Exception {
        var small = Files.createDirectories(folder.resolve("small"));
        migration.with("caravan.work-dir", small.resolve("work").toString());
        var goOn = folder.resolve("go-on");
        var said = folder.resolve("said.log");
        try (var runs = migration.apartBy(
                "unshare",
                "-m",
                "bash",
                "-c",
                "mount -t tmpfs -o size=2500k tmpfs $0 || exit 77; \"${@:2}\"; echo ended $?;"
                        + " for n in {1..300}; do [ -e $1 ] && break; sleep 0.1; done;"
                        + " mount -o remount,size=1g $0; exec \"${@:2}\"",
                small.toString(),
                goOn.toString())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !runs.lives() || Files.readString(said).contains("ended "));
            assumeTrue(runs.lives(), "may mount a small disk");
            assertThat(said).content().contains("CRV-305", "ended " + ENVIRONMENT);
            assertThat(messages()).isLessThan(migration.messages());
            tells(1, messages());
            Files.createFile(goOn);

            assertThat(runs.end()).isZero();
        }
        // The ledger went with its disk.
        nothingIsLostDoubledOrOvertaken();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aSecondWriterIsRefusedAndAFirstThatWasPassedByWhileItSleptIsFencedOff(TestDatabase database) throws Exception {
        // Slow, so that the first is stopped while its calls are under way.
        chat("latency-ms=100");
        migration.on(database);
        try (var first = migration.apart()) {
            messages(ENOUGH);
            first.signal("STOP");
            while (!database.takesWrites(migration.ledger())) {
                first.signal("CONT");
                passes(Duration.ofMillis(250));
                first.signal("STOP");
            }
            assertThatThrownBy(() -> migration.here().run())
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("CRV-301"));
            int before = messages();
            // As long as it may believe, after it slept, that it is still the one that writes.
            passes(Duration.ofSeconds(5));

            database.takeLockAway(migration.ledger());
            var second = run();
            messages(before + 100);
            first.signal("CONT");

            assertThat(first.end()).isEqualTo(ENVIRONMENT);
            assertThat(folder.resolve("said.log")).content().contains("CRV-302");
            ends(second);
        }
        holds();
    }

    private static LedgerAddress ledger(int port) {
        return LedgerAddress.postgresql(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres", "caravan");
    }

    private static EmbeddedPostgres server(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    /** As {@code pg_ctl stop -m immediate} does, or harder. */
    private static void stopAtOnce(Path data, String signal) throws IOException, InterruptedException {
        var id = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
        var server = ProcessHandle.of(Long.parseLong(id)).orElseThrow();
        assertThat(new ProcessBuilder("kill", "-" + signal, id).start().waitFor())
                .isZero();
        await().until(() -> !server.isAlive());
    }
}
