package dev.caravan.migration.road;

import java.util.List;

import dev.caravan.ledger.Ledger;
import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.transform.link.Directory;
import dev.caravan.transport.UndoNotes;

/** The ledger's undo journal, as a sink sees it. */
public final class LedgerUndoNotes implements UndoNotes {

    private final int run;
    private final Ledger ledger;
    private final Directory directory;

    /** @param run whose effects they are */
    public LedgerUndoNotes(int run, Ledger ledger, Directory directory) {
        this.run = run;
        this.ledger = ledger;
        this.directory = directory;
    }

    @Override
    public void note(Batch batch) {
        var effects = batch.items().stream()
                .flatMap(item -> LiveAnswers.effects(run, batch.kind(), item, directory))
                .toList();
        ledger.answered(List.of(), effects, List.of());
    }

    @Override
    public List<Effect> standing(Kind kind, Item item) {
        return ledger.journal().standing(kind, RecordKeys.lane(kind, item, directory), RecordKeys.key(kind, item));
    }
}
