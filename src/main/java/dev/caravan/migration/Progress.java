package dev.caravan.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

/** How far the run is, for whoever looks: counted per batch, never per record. */
@ApplicationScoped
public class Progress {

    private final CurrentRun current;
    private final LongAdder messages = new LongAdder();
    private final AtomicInteger lanesDone = new AtomicInteger();
    private final Queue<String> done = new ConcurrentLinkedQueue<>();
    private volatile int lanes;
    private volatile long before;
    private volatile Instant began = Instant.now();
    private volatile Supplier<OptionalLong> expected = OptionalLong::empty;
    private volatile String phase = "";
    private volatile Halt halt;
    private volatile Halt trouble;

    /**
     * @param messages committed since the run began in this process
     * @param read messages the run has read, before it was interrupted, too
     * @param expected messages the run will have read at its end, as far as anybody can tell; null otherwise
     * @param lanesDone conversations read to their end
     * @param lanes in all; 0 before the history phase
     * @param historySeconds since the first conversation was begun, in this process
     * @param halt why nothing is being written, or null
     */
    public record State(
            String phase,
            long messages,
            long read,
            Long expected,
            int lanesDone,
            int lanes,
            double historySeconds,
            Halt halt) {

        /** How much of the history is through, 0 to 1: of its messages, where their number is known, else of its conversations. */
        public double share() {
            if (lanes == 0) {
                return 0;
            }
            if (lanesDone == lanes) {
                return 1;
            }
            return expected == null || expected == 0
                    ? (double) lanesDone / lanes
                    : Math.min(0.99, (double) read / expected);
        }

        /** By what this process did so far: a rough guess, and nothing before there is a ground for one. */
        public Optional<Duration> remaining() {
            if (lanes == 0) {
                return Optional.empty();
            }
            var known = expected != null;
            double done = known ? messages : lanesDone;
            double left = known ? Math.max(0, expected - read) : lanes - lanesDone;
            return done == 0
                    ? Optional.empty()
                    : Optional.of(Duration.ofMillis(Math.round(historySeconds * 1000 * left / done)));
        }
    }

    public Progress(CurrentRun current) {
        this.current = current;
    }

    public State state() {
        var sum = messages.sum();
        var known = expected.get();
        return new State(
                phase,
                sum,
                before + sum,
                known.isPresent() ? known.getAsLong() : null,
                lanesDone.get(),
                lanes,
                Duration.between(began, Instant.now()).toMillis() / 1000.0,
                whatHalts());
    }

    private Halt whatHalts() {
        var waiting = halt;
        var known = trouble;
        if (waiting != null || known != null) {
            return waiting == null ? known : waiting;
        }
        return current.silence()
                .map(silence -> Halt.byTarget(silence.since(), null, silence.reason()))
                .orElse(null);
    }

    /** Forgets the run before. */
    public void begin() {
        messages.reset();
        history(0, 0, OptionalLong::empty);
        phase = "";
        halt = null;
        trouble = null;
    }

    /** Nothing may be written. */
    public void halted(Halt why) {
        halt = why;
    }

    /** What was to be written may be. */
    public void goesOn() {
        halt = null;
    }

    /**
     * The target took nothing of what it was sent.
     *
     * @param wait until it is asked again
     */
    public void tookNothing(Instant now, Duration wait, String reason) {
        var known = trouble;
        trouble = Halt.byTarget(known == null ? now : known.since(), now.plus(wait), reason);
    }

    /** The target took something. */
    public void took() {
        trouble = null;
    }

    public void phase(String name) {
        phase = name;
    }

    public void committed(long read) {
        messages.add(read);
    }

    /**
     * The history begins.
     *
     * @param number of its lanes
     * @param alreadyRead messages, before the run was interrupted
     * @param all messages the run will have read at its end, as far as is known when it is asked
     */
    void history(int number, long alreadyRead, Supplier<OptionalLong> all) {
        lanes = number;
        lanesDone.set(0);
        done.clear();
        before = alreadyRead;
        expected = all;
        began = Instant.now();
    }

    void laneDone(String lane) {
        done.add(lane);
        lanesDone.incrementAndGet();
    }

    /** Lanes read to their end since this was asked last. */
    List<String> takeDone() {
        var taken = new ArrayList<String>();
        for (var lane = done.poll(); lane != null; lane = done.poll()) {
            taken.add(lane);
        }
        return taken;
    }
}
