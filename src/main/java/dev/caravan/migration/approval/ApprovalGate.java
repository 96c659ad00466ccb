package dev.caravan.migration.approval;

import java.time.Duration;
import java.util.List;

import dev.caravan.ledger.Approvals.Entry;
import dev.caravan.ledger.Ledger;
import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Halt;
import dev.caravan.migration.Progress;
import dev.caravan.migration.RunNews;
import dev.caravan.migration.Settings;
import dev.caravan.migration.verification.TargetInventory;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/**
 * Where a run waits before a phase until somebody approves it. An approval serves once; a phase that has begun by one goes
 * on after an interruption, unless files or settings are others by then. Who watches the run is told that the phase begins.
 */
@ApplicationScoped
@Named("approval")
public class ApprovalGate {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final String INVENTORY = "inventory";
    private static final String SEAL = "seal";

    private final CurrentRun current;
    private final Settings settings;
    private final Progress progress;
    private final TargetInventory inventory;
    private final List<RunNews> news;

    public ApprovalGate(
            CurrentRun current,
            Settings settings,
            Progress progress,
            TargetInventory inventory,
            @All List<RunNews> news) {
        this.current = current;
        this.settings = settings;
        this.progress = progress;
        this.inventory = inventory;
        this.news = news;
    }

    /** The step of the route before each phase. */
    public void before(String phase) {
        var run = current.get();
        if (run.stopping()) {
            return;
        }
        var happens = happens(run, phase);
        var rules = ApprovalRules.of(settings.approval());
        if (happens && rules.wanted(phase)) {
            await(run, phase, rules);
        }
        goOn(run, phase);
        if (happens) {
            news.forEach(one -> one.phase(run, phase));
        }
    }

    /** A wait before a later phase is still to come: that run was interrupted while it waited. */
    private static void goOn(ActiveRun run, String phase) {
        var approvals = run.ledger().approvals();
        var past =
                approvals.waiting().filter(wait -> wait.run() != run.number() || place(wait.phase()) <= place(phase));
        if (past.isPresent()) {
            approvals.goOn();
        }
    }

    private static int place(String phase) {
        return ApprovalRules.PHASES.indexOf(phase);
    }

    /** A phase that would do nothing waits for nobody. */
    private boolean happens(ActiveRun run, String phase) {
        return switch (phase) {
            case INVENTORY -> inventory.isDue();
            case SEAL -> run.seals();
            default -> true;
        };
    }

    private void await(ActiveRun run, String phase, ApprovalRules rules) {
        var ledger = run.ledger();
        if (admits(ledger, Binding.of(ledger, run.number(), phase), rules)) {
            return;
        }
        ledger.approvals().await(run.number(), phase);
        var since = ledger.approvals().waiting().orElseThrow().since();
        progress.halted(Halt.forApproval(since, phase, settings.timeZone()));
        try {
            while (!admits(ledger, Binding.of(ledger, run.number(), phase), rules)) {
                run.await(LOOK_AGAIN);
            }
        } finally {
            progress.goesOn();
        }
    }

    /** Uses the approval that holds, and voids those that do not. */
    private static boolean admits(Ledger ledger, Binding binding, ApprovalRules rules) {
        var starters = ledger.approvals().starters(binding.run());
        for (Entry entry : ledger.approvals().of(binding.run(), binding.phase())) {
            if (entry.voided() != null) {
                continue;
            }
            if (!holds(entry, binding) || !rules.allowed(entry.approval().who(), starters)) {
                ledger.approvals().revoke(entry.seq());
                continue;
            }
            if (entry.used() == null) {
                ledger.approvals().use(entry.seq());
            }
            return true;
        }
        return false;
    }

    /** What a phase itself has counted since it began changes nothing. */
    static boolean holds(Entry entry, Binding binding) {
        return entry.used() == null
                ? entry.approval().digest().equals(binding.digest())
                : entry.approval().fingerprint().equals(binding.fingerprint());
    }
}
