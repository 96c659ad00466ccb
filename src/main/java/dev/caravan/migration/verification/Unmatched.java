package dev.caravan.migration.verification;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Messages of one side whose partner was not met yet. Bounded: when there are too many, the oldest is given up, which only
 * happens where the two sides have next to nothing in common.
 */
final class Unmatched {

    static final int MOST = 100_000;

    private final Map<String, Side> waiting = new LinkedHashMap<>();
    private final Consumer<Side> givenUp;

    Unmatched(Consumer<Side> givenUp) {
        this.givenUp = givenUp;
    }

    /** @return the one with this id that waited, no longer waiting, or null */
    Side take(String id) {
        return waiting.isEmpty() ? null : waiting.remove(id);
    }

    /** A second one of the same id is given up at once. */
    void add(Side side) {
        if (waiting.putIfAbsent(side.id(), side) != null) {
            givenUp.accept(side);
        } else if (waiting.size() > MOST) {
            var oldest = waiting.values().iterator();
            givenUp.accept(oldest.next());
            oldest.remove();
        }
    }

    int size() {
        return waiting.size();
    }

    /** In the order in which they were met. */
    Collection<Side> all() {
        return waiting.values();
    }
}
