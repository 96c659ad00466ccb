package dev.caravan.migration.road;

import java.util.ArrayList;
import java.util.List;

import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Outcome;
import dev.caravan.model.RecordRefused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/** Finds the record an all-or-nothing sink refused, by halving; its neighbours go on in their order. */
@ApplicationScoped
@Named("halving")
public class Halving implements AggregationStrategy {

    /** A method, because Camel's expressions hash a body they look into: every byte of the batch, and keep it. */
    public boolean any(Batch batch) {
        return !batch.items().isEmpty();
    }

    public boolean one(Batch batch) {
        return batch.items().size() == 1;
    }

    public List<Batch> halves(Batch batch) {
        var items = batch.items();
        int middle = items.size() / 2;
        return List.of(batch.withItems(items.subList(0, middle)), batch.withItems(items.subList(middle, items.size())));
    }

    /** The one record left, refused with the sink's cause. */
    public Batch refuse(Batch batch, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) RecordRefused refused) {
        var outcome = new Outcome.Refused(refused.refusal(), refused.getMessage());
        return batch.withItems(
                batch.items().stream().map(item -> item.withOutcome(outcome)).toList());
    }

    @Override
    public Exchange aggregate(Exchange first, Exchange second) {
        if (first == null) {
            return second;
        }
        Batch front = first.getMessage().getBody(Batch.class);
        List<Item> all = new ArrayList<>(front.items());
        all.addAll(second.getMessage().getBody(Batch.class).items());
        first.getMessage().setBody(front.withItems(all));
        return first;
    }
}
