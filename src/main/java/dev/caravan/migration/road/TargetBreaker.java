package dev.caravan.migration.road;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.caravan.transport.http.Breaker;

/**
 * One breaker for all lanes of a run: when portions failed so often in a row, whatever their lanes, all wait and one of them
 * tries again.
 */
public final class TargetBreaker {

    private final Breaker breaker;
    private Thread probe;

    /**
     * @param threshold failures in a row that open it, 1 or more
     * @param delay from a failure to the next try
     */
    public TargetBreaker(int threshold, Duration delay) {
        breaker = new Breaker(threshold, delay);
    }

    /** Whether this lane's portion may go to the target now; of an open breaker for one lane, until it tells how that went. */
    synchronized boolean allows(Instant now) {
        if (probe == Thread.currentThread()) {
            return true;
        }
        if (!breaker.allows(now)) {
            return false;
        }
        probe = breaker.open().isPresent() ? Thread.currentThread() : null;
        return true;
    }

    /** Some of a portion came to an end at the target. */
    synchronized void succeeded() {
        probe = null;
        breaker.succeeded();
    }

    /** @param reason in words for people; none of a record's content */
    synchronized void failed(Instant now, String reason) {
        forgetProbe();
        breaker.failed(now, reason);
    }

    /** This lane's portion came back without the target's doing: the schedule stopped it. */
    synchronized void cameBack() {
        forgetProbe();
    }

    private void forgetProbe() {
        if (probe == Thread.currentThread()) {
            probe = null;
        }
    }

    /** Empty while portions go through. */
    synchronized Optional<Breaker.Open> open() {
        return breaker.open();
    }
}
