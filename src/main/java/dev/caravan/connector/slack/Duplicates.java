package dev.caravan.connector.slack;

import java.util.Arrays;
import java.util.List;

import dev.caravan.model.Sha256;

/**
 * A conversation and a ts name one message, however often archives or threads repeat it: the later edit wins, of equally
 * old ones that of the later archive.
 */
final class Duplicates {

    private final LaneHeap heap;

    Duplicates(LaneHeap heap) {
        this.heap = heap;
    }

    /** @param group records of one time, in order */
    void settle(List<LaneRecord> group) {
        int from = 0;
        for (int i = 1; i <= group.size(); i++) {
            if (i == group.size() || !group.get(i).sameMessage(group.get(from))) {
                if (i - from > 1) {
                    settleOne(group.subList(from, i));
                }
                from = i;
            }
        }
    }

    private void settleOne(List<LaneRecord> copies) {
        var winner = copies.get(0);
        long edited = edited(winner);
        for (var copy : copies.subList(1, copies.size())) {
            long copyEdited = edited(copy);
            if (copyEdited >= edited) {
                winner = copy;
                edited = copyEdited;
            }
        }
        for (var copy : copies) {
            if (copy != winner) {
                copy.doubled = true;
                copy.superseded = same(copy, winner) ? null : Sha256.hex(heap.raw(copy));
            }
        }
    }

    private long edited(LaneRecord record) {
        return SlackTimes.micros(
                heap.tree(record, heap.raw(record)).path("edited").get("ts"));
    }

    private boolean same(LaneRecord one, LaneRecord other) {
        var raw = heap.raw(one);
        var otherRaw = heap.raw(other);
        return Arrays.equals(raw, otherRaw) || heap.tree(one, raw).equals(heap.tree(other, otherRaw));
    }
}
