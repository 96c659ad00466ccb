package dev.caravan.migration.rollback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

import dev.caravan.ledger.Run;
import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.Journey;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Settings;
import dev.caravan.migration.camel.Capabilities;
import dev.caravan.migration.camel.KameletDefinition;
import dev.caravan.migration.rollback.RollbackResult.Kept;
import dev.caravan.migration.verification.InventoryComparison;
import dev.caravan.migration.verification.TargetInventory;
import dev.caravan.model.Problem;
import dev.caravan.model.Undone;
import dev.caravan.transport.http.Backoff;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/**
 * Takes back what runs did, and nothing else: of a live target by its undo journal, the latest first; of a file sink the
 * package and the stage. One that was stopped goes on when it is asked for again.
 */
@ApplicationScoped
@Named("rollback")
public class Rollback {

    static final String COMMAND = "rollback";

    private static final String ROUTE = "direct:rollback";
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Settings settings;
    private final Journey journey;
    private final LedgerAccess ledgers;
    private final PackageRollback packages;
    private final TargetInventory inventory;
    private volatile EffectPages pages;
    private volatile InventoryComparison comparison;

    public Rollback(
            Settings settings,
            Journey journey,
            LedgerAccess ledgers,
            PackageRollback packages,
            TargetInventory inventory) {
        this.settings = settings;
        this.journey = journey;
        this.ledgers = ledgers;
        this.packages = packages;
        this.inventory = inventory;
    }

    /** What there is to be taken back: files of a file sink, else effects on the target. */
    public Extent extent() {
        if (!live()) {
            return packages.extent();
        }
        try (var ledger = ledgers.openReadOnly()) {
            var standing = ledger.journal().standing();
            return Extent.of(standing.number(), List.of(Extent.newestRun(ledger), standing));
        }
    }

    /**
     * Asks the target what would go and what would stay, and changes nothing.
     *
     * @throws Problem CRV-310 without a run, 440 when the sink cannot take back, 441 when a package is imported
     */
    public RollbackResult dryRun() {
        if (!live()) {
            return packages.dryRun();
        }
        var began = Instant.now();
        journey.look(ROUTE, run -> begin(run, true));
        return result(true, began);
    }

    /**
     * @return nothing when it was asked to stop
     * @throws Problem as {@link #dryRun}, and those of a target that does not answer
     */
    public Optional<RollbackResult> rollback() {
        if (!live()) {
            return Optional.of(packages.rollback());
        }
        var began = Instant.now();
        var plan = new Journey.Plan(COMMAND, ROUTE, ledger -> null, run -> begin(run, false), run -> run.ledger()
                .runs()
                .forgetUnfinished(run.number()));
        var end = journey.take(plan, true, run -> {});
        return end == Run.State.COMPLETED ? Optional.of(result(false, began)) : Optional.empty();
    }

    private boolean live() {
        var routes = settings.home().resolve("routes");
        var kind = settings.sink().kind();
        var live = Capabilities.of(kind, routes).live();
        if (live && KameletDefinition.find(routes, kind + "-undo-action").isEmpty()) {
            throw new Problem("CRV-440", kind);
        }
        return live;
    }

    private EffectPages begin(ActiveRun run, boolean dryRun) {
        var backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, new SplittableRandom());
        comparison = null;
        if (!dryRun) {
            inventory.noteMade();
        }
        pages = new EffectPages(run, dryRun, settings.delivery().giveUpAfter(), backoff);
        return pages;
    }

    /** The step of the route: what the sink answered of the page it was asked about. */
    public void settle(List<Undone> undone) {
        pages.settle(undone);
    }

    /** The last step of the route: what stands on the target now, against what stood there before the first run. */
    public void compare() {
        if (!pages.dryRun()) {
            comparison = inventory.compare().orElse(null);
        }
    }

    private RollbackResult result(boolean dryRun, Instant began) {
        var removed = new TreeMap<String, Long>();
        var gone = new TreeMap<String, Long>();
        var kept = new ArrayList<Kept>();
        pages.verdicts().forEach((verdict, number) -> {
            switch (verdict.state()) {
                case REMOVED -> removed.merge(verdict.what(), number, Long::sum);
                case GONE -> gone.merge(verdict.what(), number, Long::sum);
                case KEPT -> kept.add(new Kept(verdict.what(), verdict.reason(), number));
                case RETRY -> throw new IllegalStateException("a page was left unsettled");
            }
        });
        return new RollbackResult(
                dryRun,
                removed,
                gone,
                kept,
                comparison,
                Duration.between(began, Instant.now()).toSeconds());
    }
}
