package dev.caravan.migration.rollback;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.caravan.migration.verification.InventoryComparison;

/**
 * What a rollback took back, over all its interruptions, or what a dry run found that it would.
 *
 * @param removed by sort of object ({@code message}, {@code room}, {@code package}): how many went
 * @param gone how many were gone already
 * @param kept how many stay, and why
 * @param keptFile the table of what stays, by name; null when nothing does
 * @param goesFile of a dry run: the table of what would go, by name; null when nothing would
 * @param brokeOff whether the last run broke off at a target that may be sent the same twice: of what it sent last nobody wrote
 *     down that it arrived, and it stays
 * @param comparison of the target with what stood there before the first run; null in a dry run, of a file sink, and when
 *     the target could not be listed then
 * @param seconds it took; of a rollback that went on, since it went on
 * @param forecast of a dry run: how long a rollback takes; else null
 */
public record RollbackResult(
        boolean dryRun,
        SortedMap<String, Long> removed,
        SortedMap<String, Long> gone,
        List<Kept> kept,
        String keptFile,
        String goesFile,
        boolean brokeOff,
        InventoryComparison comparison,
        long seconds,
        Forecast forecast) {

    /** @param reason a stable word, key {@code kept.<reason>} of the words for people */
    public record Kept(String what, String reason, long number) {}

    /**
     * @param seconds at the full rate, roughly
     * @param finish of one that begins now, under the schedule; null when the schedule never lets it finish
     */
    public record Forecast(long seconds, Instant finish) {}

    public RollbackResult {
        removed = new TreeMap<>(removed);
        gone = new TreeMap<>(gone);
        kept = List.copyOf(kept);
    }

    @JsonIgnore
    public boolean complete() {
        return kept.isEmpty() && !brokeOff;
    }
}
