package dev.caravan.ledger;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether this process may count on holding the lease, while it does what no transaction can keep it from: write to a target.
 * It may for a short while after the ledger said so. For several threads.
 */
final class Certainty {

    /** Several signs of life fit in. Whoever takes the lease from a holder that may live waits as long. */
    static final Duration LASTS = Duration.ofSeconds(5);

    private final LongSupplier nanos;
    private final Clock clock;
    private volatile Moment confirmed;

    /** Of both clocks: one stands still while the machine sleeps, the other can be set. */
    record Moment(long nanos, long millis) {}

    Certainty(Clock clock) {
        this(System::nanoTime, clock);
    }

    Certainty(LongSupplier nanos, Clock clock) {
        this.nanos = nanos;
        this.clock = clock;
    }

    Moment now() {
        return new Moment(nanos.getAsLong(), clock.millis());
    }

    /** @param asked before the ledger was */
    void confirm(Moment asked) {
        confirmed = asked;
    }

    boolean lasts() {
        var last = confirmed;
        var now = now();
        return now.nanos - last.nanos < LASTS.toNanos() && Math.abs(now.millis - last.millis) < LASTS.toMillis();
    }
}
