package dev.caravan.migration.rollback;

import java.util.Map;
import java.util.TreeMap;

import dev.caravan.ledger.Done;
import dev.caravan.ledger.EffectState;
import dev.caravan.ledger.Journal.Count;

/** What a rollback would do, counted while the target is looked at. For one thread. */
final class DryRun {

    private final EffectList goes;
    private final EffectList kept;
    private final Map<Sort, Long> numbers = new TreeMap<>();

    /** @param reason empty unless it is kept */
    private record Sort(String what, EffectState state, String reason) implements Comparable<Sort> {
        @Override
        public int compareTo(Sort other) {
            return toString().compareTo(other.toString());
        }
    }

    DryRun(EffectList goes, EffectList kept) {
        this.goes = goes;
        this.kept = kept;
    }

    void add(Done would) {
        var reason = would.reason() == null ? "" : would.reason();
        numbers.merge(new Sort(would.effect().what(), would.state(), reason), 1L, Long::sum);
        if (would.state() == EffectState.KEPT) {
            kept.add(would);
        } else if (would.state() == EffectState.REMOVED) {
            goes.add(would);
        }
    }

    Iterable<Count> counts() {
        return numbers.entrySet().stream()
                .map(one -> new Count(
                        one.getKey().what(), one.getKey().state(), one.getKey().reason(), one.getValue()))
                .toList();
    }
}
