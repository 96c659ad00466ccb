package dev.caravan.migration.verification;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;

import dev.caravan.ledger.Ledger;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;

/**
 * The messages of a running system, one of our conversations after the other: what else it holds is none of ours. A lane's
 * conversation is the target's own id.
 */
final class LaneByLane implements BatchReader {

    private final Iterator<Lane> lanes;
    private final Function<Lane, BatchReader> open;
    private BatchReader reader;

    /**
     * @param places what the link step named the conversations, in the order in which they are wanted
     * @param open reads one lane
     */
    LaneByLane(Ledger ledger, List<String> places, Function<Lane, BatchReader> open) {
        var targetIds = targetIds(ledger);
        this.lanes = places.stream()
                .filter(targetIds::containsKey)
                .map(targetIds::get)
                .map(Lane::of)
                .iterator();
        this.open = open;
    }

    private static Map<String, String> targetIds(Ledger ledger) {
        Map<String, String> bySource = new HashMap<>();
        try (var rows = ledger.records().ofKind(Kind.CHANNEL)) {
            rows.forEachRemaining(row -> {
                if (row.targetId() != null) {
                    bySource.put(row.key().id(), row.targetId());
                }
            });
        }
        Map<String, String> byPlace = new HashMap<>();
        for (var link : ledger.links().ofKind(Kind.CHANNEL)) {
            var id = bySource.get(link.sourceId());
            if (id != null) {
                byPlace.putIfAbsent(link.target(), id);
            }
        }
        return byPlace;
    }

    @Override
    public boolean hasNext() {
        while ((reader == null || !reader.hasNext()) && lanes.hasNext()) {
            close();
            reader = open.apply(lanes.next());
        }
        return reader != null && reader.hasNext();
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return reader.next();
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
