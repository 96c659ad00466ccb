package dev.caravan.migration.rollback;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import dev.caravan.ledger.Done;
import dev.caravan.ledger.EffectState;
import dev.caravan.ledger.Journal;
import dev.caravan.ledger.Paged;
import dev.caravan.ledger.Run;
import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.Journey;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Migration;
import dev.caravan.migration.Settings;
import dev.caravan.migration.camel.Capabilities;
import dev.caravan.migration.camel.Connector;
import dev.caravan.migration.camel.Cost;
import dev.caravan.migration.camel.KameletDefinition;
import dev.caravan.migration.rollback.RollbackResult.Forecast;
import dev.caravan.migration.rollback.RollbackResult.Kept;
import dev.caravan.migration.verification.InventoryComparison;
import dev.caravan.migration.verification.TargetInventory;
import dev.caravan.model.Effect;
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
    private static final String UNDO = "-undo-action";
    private static final String IN_DOUBT = "in-doubt";
    private static final int PAGE = 1_000;
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Settings settings;
    private final Journey journey;
    private final LedgerAccess ledgers;
    private final PackageRollback packages;
    private final TargetInventory inventory;
    private volatile EffectPages pages;
    private volatile DryRun would;
    private volatile EffectList wouldGo;
    private volatile EffectList wouldBeKept;
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
     * Asks the target what would go and what would stay, and changes nothing there.
     *
     * @throws Problem CRV-310 without a run, 440 when the sink cannot take back, 441 when a package is imported
     */
    public RollbackResult dryRun() {
        if (!live()) {
            return packages.dryRun();
        }
        var began = Instant.now();
        var result = new AtomicReference<RollbackResult>();
        journey.look(ROUTE, run -> begin(run, true), run -> result.set(would(run, began)));
        return result.get();
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
        var result = new AtomicReference<RollbackResult>();
        var plan = new Journey.Plan(COMMAND, ROUTE, ledger -> null, run -> begin(run, false), run -> {
            run.ledger().runs().forgetUnfinished(run.number());
            result.set(did(run, began));
        });
        return journey.take(plan, true, run -> {}) == Run.State.COMPLETED
                ? Optional.of(result.get())
                : Optional.empty();
    }

    private boolean live() {
        var kind = settings.sink().kind();
        var live = Capabilities.of(kind, routes()).live();
        if (live && KameletDefinition.find(routes(), kind + UNDO).isEmpty()) {
            throw new Problem("CRV-440", kind);
        }
        return live;
    }

    private Path routes() {
        return settings.home().resolve("routes");
    }

    private EffectPages begin(ActiveRun run, boolean dry) {
        var backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, new SplittableRandom());
        comparison = null;
        if (dry) {
            wouldGo = list(EffectList.WOULD_GO, run);
            wouldBeKept = list(EffectList.WOULD_BE_KEPT, run);
            would = new DryRun(wouldGo, wouldBeKept);
        } else {
            would = null;
            inventory.noteMade();
            run.ledger().journal().askAgain(run.number());
        }
        pages = new EffectPages(run, would, settings.delivery().giveUpAfter(), backoff);
        return pages;
    }

    /** The step of the route before the sink is asked. */
    public void begins() {
        pages.begins();
    }

    /** The step of the route: what the sink answered of the page it was asked about. */
    public void settle(List<Undone> undone) {
        pages.settle(undone);
    }

    /** The last step of the route: what stands on the target now, against what stood there before the first run. */
    public void compare() {
        if (pages.complete()) {
            comparison = inventory.compare().orElse(null);
        }
    }

    private RollbackResult would(ActiveRun run, Instant began) {
        var counts = new Counts(would.counts());
        keepInDoubt(run, counts, wouldBeKept);
        wouldBeKept.close();
        wouldGo.close();
        var looked = Duration.between(began, Instant.now());
        var undo = KameletDefinition.get(routes(), settings.sink().kind() + UNDO);
        var calls = Cost.of(undo, Connector.sink(settings, routes()).all()).time(counts.removed);
        var takes = calls.compareTo(looked) > 0 ? calls : looked;
        return new RollbackResult(
                true,
                counts.removed,
                counts.gone,
                counts.kept,
                wouldBeKept.file(),
                wouldGo.file(),
                brokeOff(run),
                null,
                looked.toSeconds(),
                new Forecast(takes.toSeconds(), run.schedule().finish(takes).orElse(null)));
    }

    private RollbackResult did(ActiveRun run, Instant began) {
        var counts = new Counts(run.ledger().journal().settledBy(run.number()));
        try (var kept = list(EffectList.KEPT, run)) {
            var journal = run.ledger().journal();
            new Paged<>(Long.MAX_VALUE, before -> journal.latestFirst(EffectState.KEPT, before, PAGE), Done::seq)
                    .each(kept::add);
            keepInDoubt(run, counts, kept);
            return new RollbackResult(
                    false,
                    counts.removed,
                    counts.gone,
                    counts.kept,
                    kept.file(),
                    null,
                    brokeOff(run),
                    comparison,
                    Duration.between(began, Instant.now()).toSeconds(),
                    null);
        }
    }

    private EffectList list(String name, ActiveRun run) {
        return new EffectList(settings.workDir(), name, run.directory());
    }

    /** What was on its way when a run broke off is in no journal, and stays where it arrived. */
    private static void keepInDoubt(ActiveRun run, Counts counts, EffectList list) {
        var numbers = new TreeMap<String, Long>();
        try (var rows = run.ledger().records().inDoubt()) {
            rows.forEachRemaining(row -> {
                var perhaps = new Effect(row.kind().word(), row.targetId(), null);
                list.add(new Done(row.run(), row.kind(), row.lane(), row.key(), perhaps)
                        .settled(EffectState.KEPT, IN_DOUBT));
                numbers.merge(row.kind().word(), 1L, Long::sum);
            });
        }
        numbers.forEach((what, number) -> counts.kept.add(new Kept(what, IN_DOUBT, number)));
    }

    /** Of a sink whose records are not written down before they are sent. One that was asked to stop wrote all down. */
    private static boolean brokeOff(ActiveRun run) {
        return run.sink().idempotent()
                && run.ledger()
                        .runs()
                        .last(Migration.COMMAND)
                        .filter(last -> last.state() != Run.State.COMPLETED)
                        .filter(last -> !ActiveRun.INTERRUPTED.equals(last.cause()))
                        .isPresent();
    }

    /** The same, as people are told it. */
    private static final class Counts {
        private final SortedMap<String, Long> removed = new TreeMap<>();
        private final SortedMap<String, Long> gone = new TreeMap<>();
        private final List<Kept> kept = new ArrayList<>();

        Counts(Iterable<Journal.Count> counts) {
            for (var one : counts) {
                switch (one.state()) {
                    case REMOVED -> removed.merge(one.what(), one.number(), Long::sum);
                    case GONE -> gone.merge(one.what(), one.number(), Long::sum);
                    case KEPT -> kept.add(new Kept(one.what(), one.reason(), one.number()));
                    case STANDS -> throw new IllegalStateException("a page was left unsettled");
                }
            }
        }
    }
}
