package dev.caravan.transport.http;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter: a random time between nothing and a bound that doubles with each attempt, so
 * that many who failed together do not come back together.
 *
 * @param first bound before the first repetition
 * @param ceiling the bound never grows beyond
 */
public record Backoff(Duration first, Duration ceiling, RandomGenerator random) {

    public Backoff {
        if (first.isNegative() || first.isZero() || ceiling.compareTo(first) < 0) {
            throw new IllegalArgumentException("from " + first + " to " + ceiling);
        }
    }

    /**
     * @param attempt 0 for the first repetition
     * @return 0 to {@link #bound(int)}
     */
    public Duration delay(int attempt) {
        return Duration.ofNanos((long) (random.nextDouble() * bound(attempt).toNanos()));
    }

    /** The longest delay of the attempt. */
    public Duration bound(int attempt) {
        var doublings = Math.max(0, attempt);
        // 2^62 times anything is above every ceiling, and shifting further would wrap around.
        return doublings > 61 || first.toNanos() > ceiling.toNanos() >> doublings
                ? ceiling
                : Duration.ofNanos(first.toNanos() << doublings);
    }
}
