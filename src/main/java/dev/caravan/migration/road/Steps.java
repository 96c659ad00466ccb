package dev.caravan.migration.road;

import java.util.List;

import dev.caravan.migration.ActiveRun;
import dev.caravan.model.Batch;
import dev.caravan.model.Target;

/** The steps of the road that look at nothing but the batch and what a run fixed at its start: they write nothing. */
public record Steps(ActiveRun run) {

    public Batch cleanse(Batch batch) {
        return run.cleansing().beforeMapping(batch, run.sourceKind());
    }

    public Batch toCanonical(Batch batch) {
        return run.mapping().toCanonical(batch, item -> run.variables());
    }

    public Batch cleanseCanonical(Batch batch) {
        return Replayed.inOrder(run.cleansing().afterMapping(batch));
    }

    public Batch scope(Batch batch) {
        return run.scope().apply(batch);
    }

    /** The batch behind the placeholders it leans on. */
    public List<Batch> link(Batch batch) {
        return run.linker().link(batch);
    }

    public Batch toTarget(Batch batch) {
        return run.sink().kinds().contains(batch.kind())
                ? run.mapping().toTarget(batch, run.shape(), item -> run.variables())
                : notHeld(batch);
    }

    /** The target has no place for this kind: each record is filtered, by a rule that says so. */
    private static Batch notHeld(Batch batch) {
        var nothing = Target.of(
                new byte[0], 0, List.of("target-holds-no-" + batch.kind().word()));
        return batch.withItems(
                batch.items().stream().map(item -> item.withTarget(nothing)).toList());
    }
}
