package dev.caravan.console.api;

import java.util.Optional;

import dev.caravan.ledger.Run;
import dev.caravan.migration.rollback.Rollback;
import dev.caravan.migration.rollback.RollbackResult;
import dev.caravan.migration.serve.RunService;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** A rollback at the console: first look what would go, then say how much that is. */
@ApplicationScoped
public class RollbackDesk {

    private final Rollback rollback;
    private final RunService runs;
    private volatile Seen seen;

    public RollbackDesk(Rollback rollback, RunService runs) {
        this.rollback = rollback;
        this.runs = runs;
    }

    /** @param things how many there were to be taken back when somebody looked */
    public record Seen(long things, RollbackResult result) {}

    /** What was seen, or done, last since the service started. */
    public Optional<Seen> last() {
        return Optional.ofNullable(seen);
    }

    /** @throws Problem see {@link RunService#start(String, java.util.function.Supplier)} */
    public void look() {
        runs.start("rollback-dry-run", () -> {
            seen = new Seen(rollback.size(), rollback.dryRun());
            return Run.State.COMPLETED;
        });
    }

    /**
     * @param things typed by whoever wants it
     * @throws Problem CRV-586 nobody looked before, CRV-240 it is another number by now; see also {@link #look}
     */
    public void takeBack(long things) {
        if (seen == null || !seen.result().dryRun()) {
            throw new Problem("CRV-586");
        }
        long size = rollback.size();
        if (size != things) {
            throw new Problem("CRV-240", size);
        }
        runs.start("rollback", () -> {
            var done = rollback.rollback();
            done.ifPresent(result -> seen = new Seen(things, result));
            return done.isPresent() ? Run.State.COMPLETED : Run.State.INTERRUPTED;
        });
    }
}
