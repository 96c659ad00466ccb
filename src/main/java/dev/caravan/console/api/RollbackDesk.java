package dev.caravan.console.api;

import java.util.Optional;

import dev.caravan.ledger.Run;
import dev.caravan.migration.rollback.Extent;
import dev.caravan.migration.rollback.Rollback;
import dev.caravan.migration.rollback.RollbackResult;
import dev.caravan.migration.serve.RunService;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** A rollback at the console: first look what would go, then say how much that is; it is void when that changes. */
@ApplicationScoped
public class RollbackDesk {

    private final Rollback rollback;
    private final RunService runs;
    private volatile Seen seen;

    public RollbackDesk(Rollback rollback, RunService runs) {
        this.rollback = rollback;
        this.runs = runs;
    }

    /** @param extent what there was to be taken back when somebody looked */
    public record Seen(Extent extent, RollbackResult result) {}

    /** What was seen, or done, last since the service started. */
    public Optional<Seen> last() {
        return Optional.ofNullable(seen);
    }

    /** @throws Problem see {@link RunService#start(String, java.util.function.Supplier)} */
    public void look() {
        runs.start("rollback-dry-run", () -> {
            // Counted before: what comes to stand there while it looks is then another extent.
            var extent = rollback.extent();
            seen = new Seen(extent, rollback.dryRun());
            return Run.State.COMPLETED;
        });
    }

    /**
     * @param confirmed what somebody saw: the number as typed, and which things that were
     * @throws Problem CRV-586 nobody looked before, CRV-240 it is another number, CRV-630 they are others by now; see also
     *     {@link #look}
     */
    public void takeBack(Extent confirmed) {
        if (seen == null || !seen.result().dryRun()) {
            throw new Problem("CRV-586");
        }
        require(confirmed);
        runs.start("rollback", () -> {
            require(confirmed);
            var done = rollback.rollback();
            done.ifPresent(result -> seen = new Seen(confirmed, result));
            return done.isPresent() ? Run.State.COMPLETED : Run.State.INTERRUPTED;
        });
    }

    private void require(Extent confirmed) {
        var there = rollback.extent();
        if (there.things() != confirmed.things()) {
            throw new Problem("CRV-240", there.things());
        }
        if (!there.digest().equals(confirmed.digest()) || !there.equals(seen.extent())) {
            throw new Problem("CRV-630");
        }
    }
}
