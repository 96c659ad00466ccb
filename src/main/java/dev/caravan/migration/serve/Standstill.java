package dev.caravan.migration.serve;

import java.util.Optional;

import dev.caravan.ledger.Ledger;
import dev.caravan.migration.Halt;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Progress;
import dev.caravan.migration.Settings;
import jakarta.enterprise.context.ApplicationScoped;

/** Whether anything is written, as a service tells it: also while nothing goes on. */
@ApplicationScoped
public class Standstill {

    private final RunService runs;
    private final Progress progress;
    private final LedgerAccess ledgers;
    private final Settings settings;

    public Standstill(RunService runs, Progress progress, LedgerAccess ledgers, Settings settings) {
        this.runs = runs;
        this.progress = progress;
        this.ledgers = ledgers;
        this.settings = settings;
    }

    /** Why what goes on writes nothing; while nothing goes on, what a run would wait for. */
    public Optional<Halt> now() {
        return runs.status().state() == RunService.State.RUNNING
                ? Optional.ofNullable(progress.state().halt())
                : found();
    }

    private Optional<Halt> found() {
        var found = ledgers.findReadOnly();
        try (Ledger ledger = found.orElse(null)) {
            return found.flatMap(one -> one.requests()
                    .pause()
                    .map(pause -> Halt.paused(pause, settings.timeZone()))
                    .or(() -> one.approvals()
                            .waiting()
                            .map(wait -> Halt.forApproval(wait.since(), wait.phase(), settings.timeZone()))));
        }
    }
}
