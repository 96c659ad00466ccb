package dev.caravan.fakechat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import dev.caravan.ledger.LedgerAddress;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What breaks around a run after its first thousand records: the target, the ledger, the network to them, the disk. */
@Timeout(300)
class LiveFaultsIT {

    private static final int ENOUGH = 1_000;
    private static final int ENVIRONMENT = 3;

    @TempDir
    Path folder;

    private FakeChatProcess chat;
    private NumberedMigration migration;

    @BeforeEach
    void start() {
        chat = FakeChatProcess.start(folder.resolve("chat"), "latency-ms=20");
        migration = new NumberedMigration(folder).to(chat.port()).with("caravan.delivery.longest-wait", "PT1S");
    }

    @AfterEach
    void end() {
        chat.close();
    }

    @Test
    void aTargetThatWasDownForLongerThanTheLongestWaitIsFoundAgain() throws Exception {
        var run = run();
        messages(ENOUGH);
        chat.kill();
        passes(Duration.ofSeconds(4));
        chat = chat.again();

        assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(Run.State.COMPLETED);
        holds();
    }

    @Test
    void aTargetThatWasStoppedGoesOn() throws Exception {
        var run = run();
        messages(ENOUGH);
        chat.freeze();
        passes(Duration.ofSeconds(4));
        chat.thaw();

        assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(Run.State.COMPLETED);
        holds();
    }

    @Test
    void aNetworkThatIsCutAndThenGoneAndThenSilentIsWaitedFor() throws Exception {
        try (var network = new FaultProxy(chat.port())) {
            migration.to(network.port());
            var run = run();
            messages(ENOUGH);
            assertThat(network.connections()).isPositive();
            network.cut();
            messages(ENOUGH + 300);
            assertThat(network.connections()).isPositive();
            network.refuse();
            passes(Duration.ofSeconds(2));
            network.pass();
            messages(ENOUGH + 600);
            network.freeze();
            passes(Duration.ofSeconds(2));
            network.pass();

            assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(Run.State.COMPLETED);
        }
        holds();
    }

    @Test
    void aTokenThatExpiresIsRenewed() throws Exception {
        chat.close();
        chat = FakeChatProcess.start(folder.resolve("chat"), "latency-ms=20", "secret=s");
        migration.to(chat.port()).with("caravan.sink.secret", "s");
        for (int after : List.of(20, 35)) {
            chat.faults(Fault.of("expired" + after, "POST /messages", "expired-token")
                    .after(after));
        }

        assertThat(migration.here().run()).isEqualTo(Run.State.COMPLETED);

        for (var expired : List.of("expired20", "expired35")) {
            assertThat(chat.fired(expired)).isEqualTo(1);
            assertThat(chat.acceptedBefore(expired)).isGreaterThanOrEqualTo(ENOUGH);
        }
        chat.close();
        chat = FakeChatProcess.start(folder.resolve("chat"));
        holds();
    }

    @Test
    void aForbiddenChannelIsRefusedAloneAndItsMessagesAreKept() {
        chat.faults(Fault.of("forbidden", "POST /messages", "forbidden-channel")
                .channel("room1")
                .after(8)
                .times(1_000));
        migration.with("caravan.stop.lane-dead-letters", "1");

        assertThat(migration.here().run()).isEqualTo(Run.State.COMPLETED);

        assertThat(chat.fired("forbidden")).isPositive();
        assertThat(chat.acceptedBefore("forbidden")).isGreaterThanOrEqualTo(ENOUGH);
        var dead = migration.here().letters().list(LetterFilter.ALL, 0, 10_000).stream()
                .map(letter -> letter.sourceId())
                .collect(Collectors.toSet());
        assertThat(dead).isNotEmpty().allMatch(id -> id.startsWith("room1/"));
        assertThat(SetArithmetic.of(migration.sent(), chat.held(), dead)).matches(SetArithmetic::holds);
    }

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
                        + " mount -o remount,size=64m $0; exec \"${@:2}\"",
                small.toString(),
                goOn.toString())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !runs.lives() || Files.readString(said).contains("ended "));
            assumeTrue(runs.lives(), "may mount a small disk");
            assertThat(said).content().contains("CRV-305", "ended " + ENVIRONMENT);
            assertThat(messages()).isBetween(ENOUGH, migration.messages() - 1);
            Files.createFile(goOn);

            assertThat(runs.end()).isZero();
        }
        // The ledger went with its disk.
        nothingIsLostDoubledOrOvertaken();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aSecondWriterIsRefusedAndAFirstThatWasPassedByWhileItSleptIsFencedOff(TestDatabase database) throws Exception {
        chat.close();
        // Slow, so that the first is stopped while its calls are under way.
        chat = FakeChatProcess.start(folder.resolve("chat"), "latency-ms=300");
        migration.to(chat.port()).on(database);
        try (var first = migration.apart()) {
            messages(ENOUGH);
            first.signal("STOP");
            assertThatThrownBy(() -> migration.here().run())
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("CRV-301"));
            int before = messages();

            database.takeLockAway(migration.ledger());
            var second = run();
            messages(before + 100);
            first.signal("CONT");

            assertThat(first.end()).isEqualTo(ENVIRONMENT);
            assertThat(folder.resolve("said.log")).content().contains("CRV-302");
            assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo(Run.State.COMPLETED);
        }
        holds();
    }

    private CompletableFuture<Run.State> run() {
        return CompletableFuture.supplyAsync(() -> migration.here().run());
    }

    private void messages(int number) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> messages() >= number);
        assertThat(messages()).isLessThan(migration.messages());
    }

    private int messages() {
        return chat.statistics().path("accepted").path("messages").asInt();
    }

    private static void passes(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }

    private static void stopsWith(String code, CompletableFuture<Run.State> run)
            throws InterruptedException, TimeoutException {
        try {
            assertThat(run.get(60, TimeUnit.SECONDS)).as("should have stopped").isNull();
        } catch (ExecutionException stopped) {
            assertThat(stopped).hasCauseInstanceOf(Problem.class).hasMessageContaining(code);
        }
    }

    private void goesOn() {
        assertThat(messages()).isLessThan(migration.messages());
        await().ignoreExceptions()
                .atMost(Duration.ofSeconds(60))
                .until(() -> migration.here().run() == Run.State.COMPLETED);
        holds();
    }

    private void nothingIsLostDoubledOrOvertaken() {
        assertThat(SetArithmetic.of(migration.sent(), chat.held())).matches(SetArithmetic::holds);
        assertThat(chat.statistics().path("doubled")).isEmpty();
    }

    private void holds() {
        nothingIsLostDoubledOrOvertaken();
        try (var ledger = migration.here().ledger()) {
            assertThat(ledger.runs().account(1).of("message", Tally.What.DELIVERED))
                    .isEqualTo(migration.messages());
        }
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
