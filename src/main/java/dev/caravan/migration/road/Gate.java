package dev.caravan.migration.road;

import java.time.Duration;
import java.time.Instant;

import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Progress;
import dev.caravan.model.Batch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.ExchangeProperty;

/**
 * Where records wait before they are written down as sent, while the schedule says stop, somebody paused the migration, or the
 * target takes nothing of any lane. What is at the sink already is left alone.
 */
@ApplicationScoped
@Named("gate")
public class Gate {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final CurrentRun current;
    private final Progress progress;

    public Gate(CurrentRun current, Progress progress) {
        this.current = current;
        this.progress = progress;
    }

    /**
     * Lets through what is to be delivered, when that may be.
     *
     * @param patience of the portion, or null; the time it waits here is no fault of the target
     */
    public Batch pass(Batch batch, @ExchangeProperty(Settling.PATIENCE) Patience patience) {
        var came = Instant.now();
        var waited = waitUntilOpen();
        if (waited && patience != null) {
            patience.waited(Duration.between(came, Instant.now()));
        }
        while (waitForTheTarget()) {
            waitUntilOpen();
        }
        current.get().schedule().delivering();
        return batch;
    }

    /** Whether it had to wait because the target takes nothing; one lane at a time is let through to see whether it does. */
    private boolean waitForTheTarget() {
        var run = current.get();
        if (run.breaker().allows(Instant.now())) {
            return false;
        }
        while (run.schedule().halt().isEmpty()) {
            run.breaker()
                    .open()
                    .ifPresent(open -> progress.tookNothing(
                            open.since(), Duration.between(open.since(), open.probe()), open.reason()));
            run.await(LOOK_AGAIN);
            if (run.breaker().allows(Instant.now())) {
                return false;
            }
        }
        return true;
    }

    /**
     * What was let through is back.
     *
     * @param sent when, by {@link System#nanoTime}; null when nothing was
     */
    public Batch back(Batch batch, @ExchangeProperty(Settling.SENT) Long sent) {
        if (sent != null) {
            current.atSink(batch.kind(), Duration.ofNanos(System.nanoTime() - sent));
        }
        current.get().schedule().delivered();
        return batch;
    }

    /** Before something on a live target is taken back: that costs it as much as writing, and ends like it. */
    public void beforeUndoing() {
        beforeAsking();
        current.get().schedule().delivering();
    }

    /** What was to be taken back was, or waits. */
    public void afterUndoing() {
        current.get().schedule().delivered();
    }

    /** Before a live target is read: that costs it as much as writing. */
    public void beforeAsking() {
        if (current.get().sink().live()) {
            waitUntilOpen();
        }
    }

    private boolean waitUntilOpen() {
        var run = current.get();
        var halt = run.schedule().halt();
        if (halt.isEmpty()) {
            return false;
        }
        try {
            while (halt.isPresent()) {
                progress.halted(halt.get());
                run.await(LOOK_AGAIN);
                halt = run.schedule().halt();
            }
        } finally {
            progress.goesOn();
        }
        return true;
    }
}
