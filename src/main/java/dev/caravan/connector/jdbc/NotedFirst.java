package dev.caravan.connector.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Predicate;

import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.transport.UndoNotes;

/**
 * What rows held that are about to be replaced is in the undo journal before the database commits: a process that is killed
 * between that and the ledger's commit could not find it out any more. What such a process noted is not noted again.
 */
final class NotedFirst {

    private final UndoNotes notes;
    private final Predicate<Item> ours;

    /** @param ours whether a record may have been written before */
    NotedFirst(UndoNotes notes, Predicate<Item> ours) {
        this.notes = notes;
        this.ours = ours;
    }

    /** @return the batch, with the effects taken off that are noted */
    Batch note(Batch batch) {
        var items = new ArrayList<Item>(batch.items().size());
        var toNote = new ArrayList<Item>();
        for (Item item : batch.items()) {
            if (item.outcome() instanceof Outcome.Accepted accepted && (replaces(accepted) || ours.test(item))) {
                var left = new Outcome.Accepted(
                        accepted.targetId(), accepted.stage(), notNoted(batch.kind(), item, accepted.effects()));
                if (replaces(left)) {
                    toNote.add(item.withOutcome(left));
                    left = new Outcome.Accepted(accepted.targetId(), accepted.stage());
                }
                items.add(item.withOutcome(left));
            } else {
                items.add(item);
            }
        }
        if (!toNote.isEmpty()) {
            notes.note(batch.withItems(toNote));
        }
        return batch.withItems(items);
    }

    private static boolean replaces(Outcome.Accepted accepted) {
        return accepted.effects().stream().anyMatch(effect -> effect.what().equals(TableRow.REPLACED));
    }

    private List<Effect> notNoted(Kind kind, Item item, List<Effect> effects) {
        var last = new HashMap<String, Effect>();
        notes.standing(kind, item).forEach(effect -> last.put(effect.target(), effect));
        return effects.stream()
                .filter(effect -> !isNoted(effect, last.get(effect.target())))
                .toList();
    }

    /** The same; or the row is as the one that was noted would have it, which so is what wrote it. */
    private static boolean isNoted(Effect effect, Effect last) {
        return last != null
                && (last.equals(effect)
                        || effect.what().equals(TableRow.EFFECT)
                                && TableRow.markOf(last).equals(effect.mark()));
    }
}
