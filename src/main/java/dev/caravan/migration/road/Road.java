package dev.caravan.migration.road;

import java.util.List;

import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Progress;
import dev.caravan.model.Batch;
import dev.caravan.model.Kind;
import dev.caravan.model.Tally;
import dev.caravan.model.Target;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** The steps of {@code routes/batch.camel.yaml}, each with what the current run fixed for it at its start. */
@ApplicationScoped
@Named("road")
public class Road {

    private final CurrentRun current;
    private final Progress progress;

    public Road(CurrentRun current, Progress progress) {
        this.current = current;
        this.progress = progress;
    }

    public Batch cleanse(Batch batch) {
        current.step("cleanse");
        current.taken(batch);
        return current.get().cleansing().beforeMapping(batch, current.get().sourceKind());
    }

    public Batch toCanonical(Batch batch) {
        current.step("map-to-canonical");
        var run = current.get();
        return run.mapping().toCanonical(batch, item -> run.variables());
    }

    public Batch cleanseCanonical(Batch batch) {
        current.step("cleanse-canonical");
        return Replayed.inOrder(current.get().cleansing().afterMapping(batch));
    }

    public Batch scope(Batch batch) {
        current.step("scope");
        return current.get().scope().apply(batch);
    }

    /** The batch behind the placeholders it leans on. */
    public List<Batch> link(Batch batch) {
        current.step("link");
        return current.get().linker().link(batch);
    }

    public Batch toTarget(Batch batch) {
        current.step("map-to-target");
        var run = current.get();
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

    public Batch open(Batch batch) {
        current.step("open");
        var opened = current.get().opening().apply(batch);
        current.step("deliver");
        return opened;
    }

    public void commit(Batch batch) {
        current.step("commit");
        current.committed(batch, current.get().committing().apply(batch));
        if (batch.kind() == Kind.MESSAGE) {
            progress.committed(batch.tally().of(Kind.MESSAGE.word(), Tally.What.READ));
        }
        current.step("read");
    }
}
