package dev.caravan.migration.road;

import java.util.Map;

import dev.caravan.model.Tally;

/**
 * What the step {@code commit} counted.
 *
 * @param tally of what was read and what became of it
 * @param dead letters by their cause
 */
public record Committed(Tally tally, Map<String, Long> dead) {

    /** Of a rehearsal, which keeps nothing. */
    public static final Committed NOTHING = new Committed(Tally.NONE, Map.of());
}
