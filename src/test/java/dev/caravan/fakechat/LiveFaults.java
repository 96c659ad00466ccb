package dev.caravan.fakechat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.caravan.ledger.Run;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A migration to a chat that a test breaks once a thousand messages are there, and what has to hold afterwards. Small by
 * default; {@link FaultTable} runs the same tests large. Each tells how often its fault fired and how many messages had
 * passed before.
 */
@Timeout(300)
public abstract class LiveFaults {

    /** Messages in each of three rooms. */
    static final String MESSAGES = "caravan.faults.messages";

    /** How long what is down stays down. */
    static final String DOWN = "caravan.faults.down";

    /** Before that many messages no fault counts. */
    protected static final int ENOUGH = 1_000;

    protected static final Duration DOWN_FOR = Duration.parse(System.getProperty(DOWN, "PT4S"));

    private static final int ROOMS = 3;
    private static final int IN_EACH_ROOM = Integer.getInteger(MESSAGES, 1_000);
    private static final int CALLS_FOR_ENOUGH = 26;
    private static final int CALLS_BETWEEN = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60 + IN_EACH_ROOM / 50);

    @TempDir
    protected Path folder;

    protected FakeChatProcess chat;
    protected NumberedMigration migration;
    private TestReporter reporter;

    @BeforeEach
    public void start(TestReporter testReporter) {
        reporter = testReporter;
        migration =
                new NumberedMigration(folder).size(ROOMS, IN_EACH_ROOM).with("caravan.delivery.longest-wait", "PT1S");
        chat("latency-ms=20");
    }

    @AfterEach
    public void end() {
        chat.close();
    }

    /** The chat from now on, on what it held before. */
    protected final void chat(String... settings) {
        if (chat != null) {
            chat.close();
        }
        chat = FakeChatProcess.start(folder.resolve("chat"), settings);
        migration.to(chat.port());
    }

    /**
     * Breaks requests after the first thousand messages, and then again and again to the end.
     *
     * @return what to give to {@link #fired}
     */
    final List<Fault> breaks(Fault fault) {
        int calls = migration.messages() / FakeApi.MOST_ITEMS;
        var scripts = new ArrayList<Fault>();
        for (int after = CALLS_FOR_ENOUGH; after < Math.max(calls - CALLS_BETWEEN, CALLS_FOR_ENOUGH + 1); ) {
            scripts.add(fault.named(fault.id() + " " + scripts.size()).after(after));
            after += CALLS_BETWEEN;
        }
        chat.faults(scripts.toArray(Fault[]::new));
        return scripts;
    }

    /** Each of them did, after a thousand messages. */
    final void fired(List<Fault> scripts) {
        long times = 0;
        for (var script : scripts) {
            assertThat(chat.fired(script.id())).as(script.id()).isPositive();
            assertThat(chat.acceptedBefore(script.id())).as(script.id()).isGreaterThanOrEqualTo(ENOUGH);
            times += chat.fired(script.id());
        }
        tells(times, chat.acceptedBefore(scripts.get(0).id()));
    }

    /** @param passed messages before the first fault */
    protected final void tells(long times, long passed) {
        assertThat(times).as("times the fault fired").isPositive();
        assertThat(passed).as("messages before it").isGreaterThanOrEqualTo(ENOUGH);
        reporter.publishEntry(Map.of(FaultTable.FIRED, Long.toString(times), FaultTable.PASSED, Long.toString(passed)));
    }

    protected final CompletableFuture<Run.State> run() {
        return CompletableFuture.supplyAsync(() -> migration.here().run());
    }

    /** Waits until the chat has so many, and there are more to come; the fault is played then. */
    protected final void messages(int number) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> messages() >= number);
        int passed = messages();
        assertThat(passed).isLessThan(migration.messages());
        tells(1, passed);
    }

    protected final int messages() {
        return chat.statistics().path("accepted").path("messages").asInt();
    }

    protected static void passes(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }

    static void ends(CompletableFuture<Run.State> run)
            throws InterruptedException, ExecutionException, TimeoutException {
        assertThat(run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Run.State.COMPLETED);
    }

    static void stopsWith(String code, CompletableFuture<Run.State> run) throws InterruptedException, TimeoutException {
        try {
            assertThat(run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("should have stopped")
                    .isNull();
        } catch (ExecutionException stopped) {
            assertThat(stopped).hasCauseInstanceOf(Problem.class).hasMessageContaining(code);
        }
    }

    /** What stopped goes on when it is run again. */
    protected final void goesOn() {
        assertThat(messages()).isLessThan(migration.messages());
        await().ignoreExceptions().atMost(PATIENCE).until(() -> migration.here().run() == Run.State.COMPLETED);
        holds();
    }

    final void nothingIsLostDoubledOrOvertaken() {
        assertThat(SetArithmetic.of(migration.sent(), chat.held())).matches(SetArithmetic::holds);
        assertThat(chat.statistics().path("doubled")).isEmpty();
    }

    /** The same, and all is in the account. */
    protected final void holds() {
        nothingIsLostDoubledOrOvertaken();
        try (var ledger = migration.here().ledger()) {
            assertThat(ledger.runs().account(1).of("message", Tally.What.DELIVERED))
                    .isEqualTo(migration.messages());
        }
    }
}
