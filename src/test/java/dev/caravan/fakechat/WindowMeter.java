package dev.caravan.fakechat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Counts what starts in the second before each start. */
final class WindowMeter {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanos;
    private final Deque<Long> starts = new ArrayDeque<>();
    private int largest;

    /** @param nanos the time in ns, of any origin, never falling */
    WindowMeter(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How many started in the second that ends now, this one included. */
    synchronized int started() {
        long now = nanos.getAsLong();
        starts.addLast(now);
        while (starts.getFirst() <= now - SECOND) {
            starts.removeFirst();
        }
        largest = Math.max(largest, starts.size());
        return starts.size();
    }

    synchronized int largest() {
        return largest;
    }
}
