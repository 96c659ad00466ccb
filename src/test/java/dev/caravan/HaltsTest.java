package dev.caravan;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

import dev.caravan.ledger.Run;
import dev.caravan.migration.Halt;
import dev.caravan.model.Batch;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;
import dev.caravan.model.Words;
import dev.caravan.transport.LiveSink;
import dev.caravan.transport.TargetIds;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Quiet hours, pause and resume, and a target that takes nothing: nothing is written, and people are told why. */
@Timeout(120)
class HaltsTest {

    private static final int MESSAGES = 12;

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock("2027-01-04T10:00:00Z");
    private final PacedSink sink = new PacedSink();
    private TestMigration migration;

    @BeforeEach
    void prepare() {
        migration = new ToyChat(folder, MESSAGES, Set.of(), 100)
                .migration
                .at(clock)
                .with("caravan.sink.kind", "paced")
                .bean("pacedSink", sink)
                .route("kamelets/paced-sink.kamelet.yaml", PacedSink.KAMELET)
                .route("mappings/paced/to/message.jslt", ".text")
                .route("mappings/paced/to/user.jslt", "\"user\"")
                .route("mappings/paced/to/channel.jslt", "\"channel\"");
    }

    @Test
    void in_quiet_hours_nothing_is_written_and_everybody_knows_until_when() {
        migration.with("caravan.schedule.week", "mon-fri 08:00-18:00 stop, * 50%");
        migration.with("caravan.schedule.time-zone", "Asia/Shanghai");
        clock.set("2027-01-04T08:59:00Z");
        var run = start();

        assertThat(awaitHalt().inWords(Words.ENGLISH, Instant.now()))
                .isEqualTo("paused until 2027-01-04 18:00 Asia/Shanghai by the schedule");
        assertThat(migration.progress().halt().inWords(Words.CHINESE, Instant.now()))
                .contains("2027-01-04 18:00 Asia/Shanghai");
        assertThat(sink.calls).isZero();

        clock.set("2027-01-04T10:00:00Z");
        assertThat(end(run)).isEqualTo(Run.State.COMPLETED);
        assertThat(sink.held).isEqualTo(all());
        assertThat(migration.progress().halt()).isNull();
        assertThat(sink.shares).containsOnly(0.5);
    }

    @Test
    void quiet_hours_that_begin_during_a_run_leave_what_is_at_the_sink_alone() {
        migration.with("caravan.schedule.week", "* 30%");
        migration.with("caravan.schedule.exceptions", "2027-01-05 stop");
        sink.before(2, () -> clock.set("2027-01-05T00:00:00Z"));
        var run = start();

        assertThat(awaitHalt().until()).isEqualTo("2027-01-06T00:00:00Z");
        assertThat(sink.held).isEqualTo(all().subList(0, 6));
        assertThat(sink.shares).containsExactly(0.3, 0.0);

        clock.set("2027-01-06T00:00:00Z");
        assertThat(end(run)).isEqualTo(Run.State.COMPLETED);
        assertThat(sink.held).isEqualTo(all());
    }

    @Test
    void a_pause_asked_for_while_a_run_writes_holds_until_somebody_resumes() {
        sink.before(2, () -> migration.pausing().pause("ann", "the chat is slow"));
        var run = start();

        assertThat(awaitHalt()).satisfies(halt -> {
            assertThat(halt.why()).isEqualTo(Halt.Why.PAUSED);
            assertThat(halt.inWords(Words.ENGLISH, Instant.now()))
                    .endsWith("by ann, until \"resume\": the chat is slow");
        });
        assertThat(sink.held).isEqualTo(all().subList(0, 6));

        assertThat(migration.pausing().resume("bob").paused()).isFalse();
        assertThat(end(run)).isEqualTo(Run.State.COMPLETED);
        assertThat(sink.held).isEqualTo(all());
    }

    @Test
    void a_pause_outlives_the_process_and_a_waiting_run_can_be_stopped() {
        sink.before(2, () -> migration.pausing().pause("ann", null));
        var killed = start();
        awaitHalt();
        migration.stop();
        assertThat(end(killed)).isEqualTo(Run.State.INTERRUPTED);

        var next = start();
        assertThat(awaitHalt().by()).isEqualTo("ann");
        assertThat(sink.held).isEqualTo(all().subList(0, 6));
        migration.stop();
        assertThat(end(next)).isEqualTo(Run.State.INTERRUPTED);

        assertThat(migration.pausing().resume("ann").paused()).isFalse();
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(sink.held).isEqualTo(all());
    }

    @Test
    void pausing_needs_a_migration_but_no_run() {
        assertThatThrownBy(() -> migration.pausing().pause("ann", null))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("CRV-303"));
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        var paused = migration.pausing().pause("ann", "for the audit");

        assertThat(paused.paused()).isTrue();
        assertThat(paused.reason()).isEqualTo("for the audit");
        assertThat(migration.pausing().pause("bob", null).since()).isEqualTo(paused.since());
        assertThat(migration.pausing().resume("ann").paused()).isFalse();
        assertThat(migration.pausing().resume("ann").paused()).isFalse();
    }

    @Test
    void a_target_that_takes_nothing_is_shown_with_its_reason_and_a_wait_for_the_schedule_is_not_held_against_it() {
        migration.with("caravan.schedule.exceptions", "2027-01-05 stop");
        migration.with("caravan.delivery.give-up-after", "PT1S");
        sink.putsOff = 3;
        var busy = new AtomicReference<Halt>();
        sink.before(3, () -> {
            busy.set(migration.progress().halt());
            clock.set("2027-01-05T00:00:00Z");
        });
        var run = start();

        assertThat(awaitHalt().why()).isEqualTo(Halt.Why.SCHEDULE);
        Awaitility.await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
        clock.set("2027-01-06T00:00:00Z");

        assertThat(end(run)).isEqualTo(Run.State.COMPLETED);
        assertThat(busy.get().why()).isEqualTo(Halt.Why.TARGET);
        assertThat(busy.get().inWords(Words.ENGLISH, busy.get().since().plusSeconds(70)))
                .isEqualTo("the target has taken nothing for 70 s: busy");
        assertThat(sink.held).isEqualTo(all());
        assertThat(migration.progress().halt()).isNull();
    }

    @Test
    void what_a_stop_left_unsent_the_next_run_sends_though_the_sink_cannot_look_up() {
        sink.obeys = true;
        sink.before(2, migration::stop);

        assertThat(end(start())).isEqualTo(Run.State.INTERRUPTED);
        assertThat(sink.held).isEqualTo(all().subList(0, 3));

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(sink.held).isEqualTo(all());
    }

    @Test
    void what_the_sink_refused_to_begin_the_next_run_sends_though_the_sink_cannot_look_up() {
        sink.before(2, () -> {
            throw new Problem("CRV-482", "used up");
        });

        assertThatThrownBy(migration::run).hasMessageContaining("CRV-482");
        assertThat(sink.held).isEqualTo(all().subList(0, 3));

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(sink.held).isEqualTo(all());
    }

    @Test
    void a_schedule_that_cannot_be_understood_is_refused_before_anything_is_made() {
        migration.with("caravan.schedule.week", "mon-fry stop, * 90%");

        assertThatThrownBy(migration::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("CRV-221"))
                .hasMessageContaining("caravan.schedule.week");
        assertThat(folder.resolve("work")).doesNotExist();
    }

    private CompletableFuture<Run.State> start() {
        return CompletableFuture.supplyAsync(migration::run);
    }

    private static Run.State end(CompletableFuture<Run.State> run) {
        return run.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private Halt awaitHalt() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> migration.progress().halt(), halt -> halt != null && halt.why() != Halt.Why.TARGET);
    }

    private static List<Integer> all() {
        return IntStream.range(0, MESSAGES).boxed().toList();
    }

    /** Takes three messages at a time, and notes the share of the rate it may use. */
    public static final class PacedSink implements LiveSink {

        static final String KAMELET =
                """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: paced-sink
                  annotations:
                    caravan.dev/live: "true"
                    caravan.dev/idempotent: "false"
                    caravan.dev/portion: "3"
                  labels:
                    camel.apache.org/kamelet.type: sink
                spec:
                  definition:
                    title: Paced
                    description: Takes what it is sent.
                    type: object
                    properties: {}
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - bean:
                            ref: pacedSink
                            method: deliver
                """;

        final List<Integer> held = new ArrayList<>();
        final List<Double> shares = new ArrayList<>();
        volatile int calls;
        volatile int putsOff;
        /** Sends nothing while its share is 0. */
        volatile boolean obeys;

        private DoubleSupplier share;
        private int call;
        private Runnable event;

        /** Something happens while the sink has its nth portion of messages. */
        void before(int nth, Runnable what) {
            call = nth;
            event = what;
        }

        @Override
        public String sinkKind() {
            return "paced";
        }

        @Override
        public void pace(DoubleSupplier allowed) {
            share = allowed;
        }

        @Override
        public void open(Map<String, String> properties, TargetIds ids) {}

        @Override
        public void close() {}

        public Batch deliver(Batch batch) throws IOException {
            if (batch.kind() == Kind.MESSAGE) {
                calls++;
                if (calls == call) {
                    event.run();
                }
                shares.add(share.getAsDouble());
                if (obeys && share.getAsDouble() == 0) {
                    return batch.withItems(batch.items().stream()
                            .map(item -> item.withOutcome(new Outcome.Retry(Duration.ZERO)))
                            .toList());
                }
                if (putsOff > 0) {
                    putsOff--;
                    throw new IOException("busy");
                }
                batch.items().forEach(item -> held.add(Integer.valueOf(item.id())));
            }
            return batch.withItems(batch.items().stream()
                    .map(item -> item.withOutcome(new Outcome.Accepted("t" + item.id(), null)))
                    .toList());
        }
    }
}
