package dev.caravan.transport.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Stops asking a target that fails again and again: open after so many failures in a row, it lets one probe through
 * after a delay, and closes when that succeeds. For several threads.
 */
public final class Breaker {

    /**
     * What there is to say of an open breaker.
     *
     * @param since when it opened
     * @param probe when the next probe may go; in the past while one is under way
     * @param failures in a row, probes among them
     * @param reason of the last failure, in words for people
     */
    public record Open(Instant since, Instant probe, int failures, String reason) {}

    private final int threshold;
    private final Duration delay;
    private int failures;
    private Open open;
    private Instant probing;

    /**
     * @param threshold failures in a row that open it, 1 or more
     * @param delay from a failure to the next probe; a probe nobody tells the end of is forgotten after it
     */
    public Breaker(int threshold, Duration delay) {
        if (threshold < 1 || delay.isNegative()) {
            throw new IllegalArgumentException("after " + threshold + ", for " + delay);
        }
        this.threshold = threshold;
        this.delay = delay;
    }

    /** Whether a call may go now. Of an open breaker: true for one caller, who is the probe. */
    public synchronized boolean allows(Instant now) {
        if (open == null) {
            return true;
        }
        var probeUnderWay = probing != null && now.isBefore(probing.plus(delay));
        if (now.isBefore(open.probe()) || probeUnderWay) {
            return false;
        }
        probing = now;
        return true;
    }

    /** The target answered as it should. */
    public synchronized void succeeded() {
        failures = 0;
        open = null;
        probing = null;
    }

    /**
     * The target did not answer, or answered that it cannot work.
     *
     * @param reason in words for people; no secret, no text of a message
     */
    public synchronized void failed(Instant now, String reason) {
        failures++;
        if (failures >= threshold) {
            probing = null;
            open = new Open(open == null ? now : open.since(), now.plus(delay), failures, reason);
        }
    }

    /** Empty while calls go through. */
    public synchronized Optional<Open> open() {
        return Optional.ofNullable(open);
    }
}
