package dev.caravan.migration.road;

import java.util.List;

import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Progress;
import dev.caravan.model.Batch;
import dev.caravan.model.Kind;
import dev.caravan.model.Tally;
import dev.caravan.transport.JoinedTransaction;
import dev.caravan.transport.UndoNotes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.support.SynchronizationAdapter;

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
        return steps().cleanse(batch);
    }

    public Batch toCanonical(Batch batch) {
        current.step("map-to-canonical");
        return steps().toCanonical(batch);
    }

    public Batch cleanseCanonical(Batch batch) {
        current.step("cleanse-canonical");
        return steps().cleanseCanonical(batch);
    }

    public Batch scope(Batch batch) {
        current.step("scope");
        return steps().scope(batch);
    }

    /** The batch behind the placeholders it leans on. */
    public List<Batch> link(Batch batch) {
        current.step("link");
        return steps().link(batch);
    }

    public Batch toTarget(Batch batch) {
        current.step("map-to-target");
        return steps().toTarget(batch);
    }

    private Steps steps() {
        return new Steps(current.get());
    }

    /** A transaction that the sink leaves open, and that nobody commits, is undone at the end of the batch's road. */
    public Batch open(Batch batch, Exchange exchange) {
        current.step("open");
        var opened = current.get().opening().apply(batch);
        current.get().joined(opened).ifPresent(joined -> {
            exchange.setProperty(JoinedTransaction.PROPERTY, joined);
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange road) {
                    joined.close();
                }
            });
        });
        exchange.setProperty(UndoNotes.PROPERTY, current.get().undoNotes());
        current.step("deliver");
        return opened;
    }

    public void commit(Batch batch, @ExchangeProperty(JoinedTransaction.PROPERTY) JoinedTransaction joined) {
        current.step("commit");
        var open = joined == null ? null : joined.connection();
        current.committed(batch, current.get().committing().apply(batch, open));
        if (batch.kind() == Kind.MESSAGE) {
            progress.committed(batch.tally().of(Kind.MESSAGE.word(), Tally.What.READ));
        }
        current.step("read");
    }
}
