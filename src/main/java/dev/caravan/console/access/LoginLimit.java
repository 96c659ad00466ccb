package dev.caravan.console.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How fast passwords can be guessed. Counted by where they come from, so that a stranger cannot lock out a user by name; and
 * over all, so that many strangers are no faster than a few.
 */
final class LoginLimit {

    private static final int FREE = 5;
    private static final int FREE_OF_ALL = 50;
    private static final int MOST_DOUBLINGS = 9;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
    private static final String ALL = "";

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
    synchronized boolean take(String address) {
        failures.values().removeIf(one -> one.last().plus(FORGOTTEN_AFTER).isBefore(clock.instant()));
        if (!allows(address, FREE) || !allows(ALL, FREE_OF_ALL)) {
            return false;
        }
        count(address);
        count(ALL);
        return true;
    }

    private boolean allows(String key, int free) {
        var known = failures.get(key);
        if (known == null || known.number() < free) {
            return true;
        }
        var wait = Duration.ofSeconds(1L << Math.min(known.number() - free, MOST_DOUBLINGS));
        return !clock.instant().isBefore(known.last().plus(wait));
    }

    private void count(String key) {
        var known = failures.getOrDefault(key, new Failures(0, Instant.EPOCH));
        failures.put(key, new Failures(known.number() + 1, clock.instant()));
    }

    synchronized void succeeded(String address) {
        failures.remove(address);
        failures.computeIfPresent(
                ALL, (key, known) -> known.number() <= 1 ? null : new Failures(known.number() - 1, known.last()));
    }
}
