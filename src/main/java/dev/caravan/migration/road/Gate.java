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
 * Where records wait before they are written down as sent, while the schedule says stop or somebody paused the migration.
 * What is at the sink already is left alone.
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
        if (waitUntilOpen() && patience != null) {
            patience.waited(Duration.between(came, Instant.now()));
        }
        current.get().schedule().delivering();
        return batch;
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

    /** Before a live target is read, or something there is taken back: that costs it as much as writing. */
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
