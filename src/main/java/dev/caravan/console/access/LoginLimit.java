package dev.caravan.console.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How fast passwords can be guessed from one network. Counted by where they come from and never by name or over all, so that
 * no stranger can lock out anybody who knows a password.
 */
final class LoginLimit {

    private static final int FREE = 5;
    private static final int MOST_DOUBLINGS = 9;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

    private final Clock clock;
    private final Map<String, Failures> failures = new HashMap<>();

    LoginLimit(Clock clock) {
        this.clock = clock;
    }

    private record Failures(int number, Instant last) {}

    /**
     * Whether a password from there is looked at now. If so it counts as wrong until it {@link #succeeded}, so that many at
     * once are not all free.
     */
    synchronized boolean take(Network network) {
        failures.values().removeIf(one -> one.last().plus(FORGOTTEN_AFTER).isBefore(clock.instant()));
        var known = failures.getOrDefault(network.key(), new Failures(0, Instant.EPOCH));
        if (known.number() >= FREE && clock.instant().isBefore(known.last().plus(pause(known.number())))) {
            return false;
        }
        failures.put(network.key(), new Failures(known.number() + 1, clock.instant()));
        return true;
    }

    /** Longer after each wrong password, from one second on. */
    private static Duration pause(int number) {
        return Duration.ofSeconds(1L << Math.min(number - FREE, MOST_DOUBLINGS));
    }

    synchronized void succeeded(Network network) {
        failures.remove(network.key());
    }
}
