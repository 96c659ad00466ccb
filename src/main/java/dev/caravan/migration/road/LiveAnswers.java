package dev.caravan.migration.road;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.caravan.ledger.Done;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.RecordState;
import dev.caravan.ledger.Row;
import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.transform.link.Directory;

/** Of a live sink that would hold twice what is sent twice: what is about to be sent, and what it answered. */
final class LiveAnswers implements Answers {

    private final int run;
    private final Ledger ledger;
    private final RecordRows rows;
    private final Directory directory;
    private final Set<Kind> looksUp;

    /** @param looksUp kinds of which the sink can say whether a record arrived */
    LiveAnswers(int run, Ledger ledger, Directory directory, Set<Kind> looksUp) {
        this.looksUp = looksUp;
        this.run = run;
        this.ledger = ledger;
        this.rows = new RecordRows(run, directory);
        this.directory = directory;
    }

    @Override
    public void intend(Batch batch) {
        if (!batch.items().isEmpty()) {
            ledger.intend(batch.items().stream()
                    .map(item -> row(
                            batch.kind(),
                            item,
                            RecordState.INTENT,
                            item.target().present()))
                    .toList());
        }
    }

    @Override
    public Batch answered(Batch batch) {
        var answered = new ArrayList<Row>();
        var effects = new ArrayList<Done>();
        var putOff = new ArrayList<Row>();
        var items = new ArrayList<Item>();
        for (Item item : batch.items()) {
            if (item.outcome() instanceof Outcome.Accepted accepted
                    && item.target().objects() > 0) {
                answered.add(row(batch.kind(), item, RecordState.SENT, accepted.targetId()));
                effects(run, batch.kind(), item, directory).forEach(effects::add);
                items.add(item.withOutcome(new Outcome.Accepted(accepted.targetId(), accepted.stage())));
            } else {
                if (isNotThere(batch.kind(), item)) {
                    putOff.add(row(batch.kind(), item, RecordState.INTENT, null));
                }
                items.add(item);
            }
        }
        if (!answered.isEmpty() || !putOff.isEmpty()) {
            ledger.answered(answered, effects, putOff);
        }
        return batch.withItems(items);
    }

    /** What can be looked up may stay an intent, which costs less than to write it anew. */
    private boolean isNotThere(Kind kind, Item item) {
        return item.outcome() instanceof Outcome.Retry retry && !retry.begun() && !looksUp.contains(kind);
    }

    private Row row(Kind kind, Item item, RecordState state, String targetId) {
        return rows.row(kind, item, state, targetId, null, null);
    }

    /** What of a record is for the undo journal. */
    static Stream<Done> effects(int run, Kind kind, Item item, Directory directory) {
        var effects = item.outcome() instanceof Outcome.Accepted accepted ? accepted.effects() : List.<Effect>of();
        return effects.stream()
                .map(effect -> new Done(
                        run, kind, RecordKeys.lane(kind, item, directory), RecordKeys.key(kind, item), effect));
    }
}
