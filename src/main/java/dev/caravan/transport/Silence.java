package dev.caravan.transport;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Since when a target that is being asked has answered nothing of use. So it is known of one that hangs, too, long before
 * any call to it times out. For several threads.
 */
public final class Silence {

    private static final Duration USUAL = Duration.ofSeconds(5);
    private static final String NO_ANSWER = "no answer";

    private final Clock clock;
    private int underWay;
    private Instant since;
    private String reason = NO_ANSWER;

    /** @param reason in words for people; no secret, no text of a message */
    public record Known(Instant since, String reason) {}

    public Silence(Clock clock) {
        this.clock = clock;
    }

    /** A call begins. It has to end by {@link #answered} or {@link #failed}. */
    public synchronized void asked() {
        underWay++;
        if (since == null) {
            since = clock.instant();
        }
    }

    public synchronized void answered() {
        underWay--;
        since = underWay == 0 ? null : clock.instant();
        reason = NO_ANSWER;
    }

    /** A call ended without an answer, or with one that the target cannot work. */
    public synchronized void failed(String why) {
        underWay--;
        reason = why;
    }

    /** Empty while the target answers, while nothing is asked, and for as long as any answer may take. */
    public synchronized Optional<Known> known() {
        return since == null || since.plus(USUAL).isAfter(clock.instant())
                ? Optional.empty()
                : Optional.of(new Known(since, reason));
    }
}
