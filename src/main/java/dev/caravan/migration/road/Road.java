package dev.caravan.migration.road;

import java.util.List;

import dev.caravan.migration.CurrentRun;
import dev.caravan.model.Batch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** The steps of {@code routes/batch.camel.yaml}, each with what the current run fixed for it at its start. */
@ApplicationScoped
@Named("road")
public class Road {

    private final CurrentRun current;

    public Road(CurrentRun current) {
        this.current = current;
    }

    public Batch cleanse(Batch batch) {
        return current.get().cleansing().beforeMapping(batch, current.get().sourceKind());
    }

    public Batch toCanonical(Batch batch) {
        var run = current.get();
        return run.mapping().toCanonical(batch, item -> run.variables());
    }

    public Batch cleanseCanonical(Batch batch) {
        return Replayed.inOrder(current.get().cleansing().afterMapping(batch));
    }

    public Batch scope(Batch batch) {
        return current.get().scope().apply(batch);
    }

    /** The batch behind the placeholders it leans on. */
    public List<Batch> link(Batch batch) {
        return current.get().linker().link(batch);
    }

    public Batch toTarget(Batch batch) {
        var run = current.get();
        return run.mapping().toTarget(batch, run.shape(), item -> run.variables());
    }

    public Batch open(Batch batch) {
        return current.get().opening().open(batch);
    }

    public void commit(Batch batch) {
        current.get().committing().commit(batch);
    }
}
