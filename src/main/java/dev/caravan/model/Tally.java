package dev.caravan.model;

import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Immutable counts of invariant 1, per kind of record or part, outcome and rule. */
public record Tally(SortedMap<Tally.Key, Long> counts) {

    public static final Tally NONE = new Tally(new TreeMap<>());

    /** read = delivered + unchanged + filtered + dead + parked. Created, splits and merges account objects on the target. */
    public enum What {
        READ,
        DELIVERED,
        UNCHANGED,
        FILTERED,
        DEAD,
        PARKED,
        CREATED,
        SPLIT,
        MERGED,
        FINDING;

        /** As in reports and {@code --json}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The rule under which is counted as read what a source holds only as mended by people. */
    public static final String REPLAYED = "replayed";

    /** Messages read by that rule: the source's own elements are so many fewer. */
    public static final Key REPLAYED_MESSAGES = new Key("message", What.READ, REPLAYED);

    /**
     * @param kind {@code message}, or the kind of a part: {@code reaction}
     * @param rule the rule that filtered or found; empty otherwise
     */
    public record Key(String kind, What what, String rule) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byKind = kind.compareTo(other.kind);
            int byWhat = byKind != 0 ? byKind : what.compareTo(other.what);
            return byWhat != 0 ? byWhat : rule.compareTo(other.rule);
        }
    }

    public Tally {
        counts = Collections.unmodifiableSortedMap(counts);
    }

    public Tally plus(String kind, What what, String rule, long n) {
        if (n == 0) {
            return this;
        }
        var sum = new TreeMap<>(counts);
        sum.merge(new Key(kind, what, rule), n, Long::sum);
        return new Tally(sum);
    }

    public Tally plus(String kind, What what, long n) {
        return plus(kind, what, "", n);
    }

    public Tally plus(Tally other) {
        var sum = new TreeMap<>(counts);
        other.counts.forEach((key, n) -> sum.merge(key, n, Long::sum));
        return new Tally(sum);
    }

    /** Sum over all rules. */
    public long of(String kind, What what) {
        return counts.entrySet().stream()
                .filter(e -> e.getKey().kind.equals(kind) && e.getKey().what == what)
                .mapToLong(e -> e.getValue())
                .sum();
    }

    /** Counts one by one, for the hot road; not thread-safe. */
    public static final class Counter {

        private final Map<Key, Long> counts = new HashMap<>();

        public Counter add(String kind, What what, String rule, long n) {
            if (n != 0) {
                counts.merge(new Key(kind, what, rule), n, Long::sum);
            }
            return this;
        }

        public Counter add(String kind, What what, long n) {
            return add(kind, what, "", n);
        }

        public Tally tally() {
            return new Tally(new TreeMap<>(counts));
        }
    }
}
