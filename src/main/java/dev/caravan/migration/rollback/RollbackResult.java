package dev.caravan.migration.rollback;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.caravan.migration.verification.InventoryComparison;

/**
 * What a rollback took back, or what a dry run found that it would.
 *
 * @param removed by sort of object ({@code message}, {@code room}, {@code package}): how many went
 * @param gone how many were gone already
 * @param kept how many stay, and why
 * @param comparison of the target with what stood there before the first run; null in a dry run, of a file sink, and when
 *     the target could not be listed then
 * @param seconds it took
 */
public record RollbackResult(
        boolean dryRun,
        SortedMap<String, Long> removed,
        SortedMap<String, Long> gone,
        List<Kept> kept,
        InventoryComparison comparison,
        long seconds) {

    /** @param reason a stable word, key {@code kept.<reason>} of the words for people */
    public record Kept(String what, String reason, long number) {}

    public RollbackResult {
        removed = new TreeMap<>(removed);
        gone = new TreeMap<>(gone);
        kept = List.copyOf(kept);
    }

    @JsonIgnore
    public boolean complete() {
        return kept.isEmpty();
    }
}
