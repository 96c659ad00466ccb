package dev.caravan.migration;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import jakarta.enterprise.context.ApplicationScoped;

/** How far the run is, for whoever looks: counted per batch, never per record. */
@ApplicationScoped
public class Progress {

    private final LongAdder messages = new LongAdder();
    private final AtomicInteger lanesTaken = new AtomicInteger();
    private volatile int lanes;
    private volatile String phase = "";

    /**
     * @param messages committed since the run began in this process
     * @param lanesTaken lanes begun or done
     * @param lanes in all; 0 before the history phase
     */
    public record State(String phase, long messages, int lanesTaken, int lanes) {

        /** By the share of conversations begun: a rough guess, and nothing before there is a ground for one. */
        public Optional<Duration> remaining(Duration elapsed) {
            return lanesTaken == 0 || lanes == 0
                    ? Optional.empty()
                    : Optional.of(elapsed.multipliedBy(lanes - lanesTaken).dividedBy(lanesTaken));
        }
    }

    public State state() {
        return new State(phase, messages.sum(), lanesTaken.get(), lanes);
    }

    /** Forgets the run before. */
    public void begin() {
        messages.reset();
        lanes(0);
        phase = "";
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
