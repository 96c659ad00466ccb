package dev.caravan.migration;

import java.time.Duration;

import dev.caravan.ledger.Ledger;
import org.jboss.logging.Logger;

/** Writes down, while this process writes, that it lives and how far it came: other processes look there. */
final class Pulse implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Pulse.class);
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(2);
    private static final int PERCENT = 100;

    private final Ledger ledger;
    private final int run;
    private final Progress progress;
    private final Schedule schedule;
    private final Rhythm rhythm;

    /** @param run whose account is written */
    Pulse(Ledger ledger, int run, Progress progress, Schedule schedule) {
        this.ledger = ledger;
        this.run = run;
        this.progress = progress;
        this.schedule = schedule;
        beat(true);
        rhythm = new Rhythm("pulse", BETWEEN_BEATS, () -> beat(false));
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
        rhythm.close();
        beat(true);
    }
}
