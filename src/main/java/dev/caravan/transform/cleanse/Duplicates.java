package dev.caravan.transform.cleanse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Refusal;
import dev.caravan.model.Tally;

/**
 * The same id twice in one batch: the later edit stays, else the first, in the place of the first; the loser becomes a
 * finding with its hash.
 */
record Duplicates(Rule rule) {

    Batch apply(Batch batch) {
        return ascending(batch) || distinct(batch) ? batch : filtered(batch);
    }

    /** As most sources have them; much cheaper to see than a set is to fill. */
    private static boolean ascending(Batch batch) {
        var last = "";
        for (var item : batch.items()) {
            var id = item.id();
            if (id == null || id.compareTo(last) <= 0) {
                return false;
            }
            last = id;
        }
        return true;
    }

    private static boolean distinct(Batch batch) {
        var ids = new HashSet<String>(2 * batch.items().size());
        for (var item : batch.items()) {
            if (!ids.add(item.id())) {
                return false;
            }
        }
        return true;
    }

    private Batch filtered(Batch batch) {
        var places = new HashMap<String, Integer>();
        var kept = new ArrayList<Item>();
        var lost = new ArrayList<Item>();
        for (var item : batch.items()) {
            var place = places.putIfAbsent(item.id(), kept.size());
            if (place == null) {
                kept.add(item);
            } else if (edited(item) > edited(kept.get(place))) {
                lost.add(kept.set(place, item));
            } else {
                lost.add(item);
            }
        }
        return rule.action() == Action.REFUSE ? refused(batch, kept, lost) : found(batch, kept, lost, places);
    }

    private Batch refused(Batch batch, List<Item> kept, List<Item> lost) {
        List<Refusal> refused = lost.stream()
                .map(item -> item.refuse(batch.kind(), "cleanse", "duplicate-id", "rule " + rule.id()))
                .toList();
        return batch.withItems(kept).plusRefused(refused);
    }

    private Batch found(Batch batch, List<Item> kept, List<Item> lost, Map<String, Integer> places) {
        var kind = batch.kind().word();
        var findings = lost.stream()
                .map(item -> new Finding(
                        rule.id(),
                        kind,
                        item.id(),
                        detail(item, kept.get(places.get(item.id())).canonical())))
                .toList();
        return batch.withItems(kept)
                .plusFindings(findings)
                .plusTally(Tally.NONE.plus(kind, Tally.What.FILTERED, rule.id(), lost.size()));
    }

    private static String detail(Item lost, ObjectNode winner) {
        var content = lost.canonical().equals(winner)
                ? "the same content"
                : "other content " + Notes.hash(lost.canonical().toString());
        return content + " at " + lost.origin();
    }

    private static long edited(Item item) {
        return item.canonical().path("edited").asLong(0);
    }
}
