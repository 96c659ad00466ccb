package dev.caravan.console.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

/** How fast counts grow, seen by whoever looks now and then. */
@ApplicationScoped
public class Rates {

    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(1);

    private final Clock clock;
    private final Map<String, Deque<Sample>> samples = new ConcurrentHashMap<>();

    public Rates() {
        this(Clock.systemUTC());
    }

    Rates(Clock clock) {
        this.clock = clock;
    }

    private record Sample(Instant at, long count) {}

    /** A second, over the last half minute; 0 before there are two looks. */
    long of(String what, long count) {
        var kept = samples.computeIfAbsent(what, first -> new ArrayDeque<>());
        synchronized (kept) {
            var now = clock.instant();
            while (!kept.isEmpty()
                    && (kept.peekFirst().at().isBefore(now.minus(WINDOW))
                            || kept.peekFirst().count() > count)) {
                kept.removeFirst();
            }
            if (kept.isEmpty() || !kept.peekLast().at().isAfter(now.minus(BETWEEN_SAMPLES))) {
                kept.addLast(new Sample(now, count));
            }
            var first = kept.peekFirst();
            long millis = Duration.between(first.at(), now).toMillis();
            return millis == 0 ? 0 : (count - first.count()) * 1000 / millis;
        }
    }
}
