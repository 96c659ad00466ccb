package dev.caravan.migration;

import java.time.Duration;

import dev.caravan.ledger.Ledger;
import org.jboss.logging.Logger;

/** Carries out, while this process writes, what other commands ask of it. */
final class Desk implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Desk.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Ledger ledger;
    private final Schedule schedule;
    private final Rhythm rhythm;

    /** Looks once before it returns: what was asked while nobody wrote holds from the beginning. */
    Desk(Ledger ledger, Schedule schedule) {
        this.ledger = ledger;
        this.schedule = schedule;
        look();
        rhythm = new Rhythm("requests", BETWEEN_LOOKS, this::lookAgain);
    }

    private void look() {
        ledger.requests().carryOut();
        schedule.pause(ledger.requests().pause().orElse(null));
    }

    private void lookAgain() {
        try {
            look();
        } catch (RuntimeException failed) {
            // The run meets the same trouble with its ledger, and is the one to tell.
            LOG.debug("no look at the requests", failed);
        }
    }

    @Override
    public void close() {
        rhythm.close();
    }
}
