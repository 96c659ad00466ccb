package dev.caravan.migration;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.caravan.ledger.Ledger;
import org.jboss.logging.Logger;

/** Writes down, while this process writes, that it lives and how far it came: other processes look there. */
final class Pulse implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Pulse.class);
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(2);
    private static final int SECONDS_TO_END = 10;
    private static final int PERCENT = 100;

    private final Ledger ledger;
    private final int run;
    private final Progress progress;
    private final Schedule schedule;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "pulse"));

    /** @param run whose account is written */
    Pulse(Ledger ledger, int run, Progress progress, Schedule schedule) {
        this.ledger = ledger;
        this.run = run;
        this.progress = progress;
        this.schedule = schedule;
        beat(true);
        clock.scheduleWithFixedDelay(
                () -> beat(false), BETWEEN_BEATS.toMillis(), BETWEEN_BEATS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat(boolean now) {
        try {
            var share = schedule.halt().isPresent() ? 0 : (int) Math.round(schedule.share(false) * PERCENT);
            ledger.throughput().note(run, progress.takeDone(), share, now);
        } catch (RuntimeException failed) {
            // The run meets the same trouble with its ledger, and is the one to tell.
            LOG.debug("no sign of life was left", failed);
        }
    }

    @Override
    public void close() {
        clock.shutdown();
        try {
            clock.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        beat(true);
    }
}
