package dev.caravan.agora;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Calls of each endpoint family in a sliding window, shared by everybody who uses the app key. */
final class StubRates {

    private static final long SECOND = 1_000_000_000L;

    private static final Map<String, Integer> DOCUMENTED = Map.of("export", 10, "token", 300, "joined-groups", 50);

    private final Map<String, Integer> perSecond = new HashMap<>();
    private final Map<String, Deque<Long>> windows = new HashMap<>();
    private final Map<String, Integer> most = new HashMap<>();
    private final Map<String, Integer> refused = new HashMap<>();

    StubRates() {
        reset();
    }

    void reset() {
        windows.clear();
        most.clear();
        refused.clear();
        perSecond.clear();
    }

    /** @param calls a second; a family without a limit of its own has 100, the groups of a user 50, export 10 a minute */
    void limit(String family, int calls) {
        perSecond.put(family, calls);
    }

    void take(String family) {
        boolean export = family.equals("export");
        long span = export ? 60 * SECOND : SECOND;
        long now = System.nanoTime();
        var window = windows.computeIfAbsent(family, name -> new ArrayDeque<>());
        while (!window.isEmpty() && now - window.peekFirst() >= span) {
            window.pollFirst();
        }
        if (window.size() >= perSecond.getOrDefault(family, DOCUMENTED.getOrDefault(family, 100))) {
            refused.merge(family, 1, Integer::sum);
            throw new Denied(429, "reach_limit", "This request has reached API limit.");
        }
        window.addLast(now);
        most.merge(family, window.size(), Math::max);
    }

    /** The most calls of any window, by family. */
    Map<String, Integer> most() {
        return most;
    }

    Map<String, Integer> refused() {
        return refused;
    }
}
