package dev.caravan.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import jakarta.enterprise.context.ApplicationScoped;

/** How far the run is, for whoever looks: counted per batch, never per record. */
@ApplicationScoped
public class Progress {

    private final CurrentRun current;
    private final LongAdder messages = new LongAdder();
    private final AtomicInteger lanesTaken = new AtomicInteger();
    private volatile int lanes;
    private volatile String phase = "";
    private volatile Halt halt;
    private volatile Halt trouble;

    /**
     * @param messages committed since the run began in this process
     * @param lanesTaken lanes begun or done
     * @param lanes in all; 0 before the history phase
     * @param halt why nothing is being written, or null
     */
    public record State(String phase, long messages, int lanesTaken, int lanes, Halt halt) {

        /** By the share of conversations begun: a rough guess, and nothing before there is a ground for one. */
        public Optional<Duration> remaining(Duration elapsed) {
            return lanesTaken == 0 || lanes == 0
                    ? Optional.empty()
                    : Optional.of(elapsed.multipliedBy(lanes - lanesTaken).dividedBy(lanesTaken));
        }
    }

    public Progress(CurrentRun current) {
        this.current = current;
    }

    public State state() {
        return new State(phase, messages.sum(), lanesTaken.get(), lanes, whatHalts());
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
        lanes(0);
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

    void lanes(int number) {
        lanes = number;
        lanesTaken.set(0);
    }

    void laneTaken() {
        lanesTaken.incrementAndGet();
    }
}
