package dev.caravan.transport.http;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Slows a whole endpoint group when the server says that calls come too fast. */
final class Throttling {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final Pace pace;
    private final Clock clock;
    private final Backoff backoff;
    private final Map<String, Integer> inRow = new ConcurrentHashMap<>();

    Throttling(Pace pace, Clock clock, RandomGenerator random) {
        this.pace = pace;
        this.clock = clock;
        this.backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), random);
    }

    void answered(String group, Reply.Answer answer) {
        var tooMany = answer.status() == TOO_MANY_REQUESTS;
        if (!tooMany && answer.status() != UNAVAILABLE) {
            inRow.remove(group);
            return;
        }
        var asked = answer.retryAfter(clock);
        if (asked.isPresent()) {
            pace.pause(group, asked.get());
        } else if (tooMany && pace.paused(group).isZero()) {
            // Others that were under way with the first one say the same again: only the first counts.
            var attempt = inRow.merge(group, 1, Integer::sum) - 1;
            // Never next to nothing: this holds back a group that was too fast, and does not spread many clients.
            pace.pause(
                    group, backoff.bound(attempt).plus(backoff.delay(attempt)).dividedBy(2));
        }
    }
}
