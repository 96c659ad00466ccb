package dev.caravan.connector.agora;

import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;

/** Delivers the items of a batch one after the other; nothing overtakes one that has come to no end (invariant 4). */
final class InOrder {

    private InOrder() {}

    /**
     * @param partly whether something of the item is on the target, though its delivery failed
     * @throws Problem of the first item, when nothing of it was accepted
     */
    static Batch deliver(Batch batch, Function<Item, Outcome> one, Predicate<Item> partly) {
        var items = new ArrayList<Item>(batch.items().size());
        boolean waiting = false;
        for (var item : batch.items()) {
            if (waiting) {
                items.add(item.withOutcome(new Outcome.Retry(Duration.ZERO)));
                continue;
            }
            Outcome outcome;
            try {
                outcome = one.apply(item);
            } catch (Problem problem) {
                if (partly.test(item)) {
                    outcome = new Outcome.Unknown();
                } else if (items.isEmpty()) {
                    throw problem;
                } else {
                    // what was accepted before it has to be written down first; it throws again when it comes first
                    outcome = new Outcome.Retry(Duration.ZERO, problem.code());
                }
            }
            waiting = outcome instanceof Outcome.Retry || outcome instanceof Outcome.Unknown;
            items.add(item.withOutcome(outcome));
        }
        return batch.withItems(items);
    }
}
