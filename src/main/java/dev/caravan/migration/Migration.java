package dev.caravan.migration;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Carries out a run from its start, or from where it was interrupted, to its end. */
@ApplicationScoped
public class Migration {

    /** Name of its runs in the ledger. */
    public static final String COMMAND = "run";

    private static final Journey.Plan VERIFY = new Journey.Plan(
            "verify",
            "direct:verification",
            ledger -> ledger.runs().lastCompleted(COMMAND).orElseThrow(() -> new Problem("CRV-310")),
            run -> null,
            run -> {});

    private final Journey journey;
    private final LedgerAccess ledgers;

    public Migration(Journey journey, LedgerAccess ledgers) {
        this.journey = journey;
        this.ledgers = ledgers;
    }

    /**
     * Moves everything the source has and the ledger does not know yet; returns when it is done, or was asked to stop.
     *
     * @param by who starts it
     * @param acceptChanges go on with an interrupted run under changed files or settings
     * @param tell see {@link Journey#take}
     * @throws Problem for whatever the operator can mend; the run stays interrupted and goes on next time
     */
    public Run.State run(String by, boolean acceptChanges, Consumer<Run> tell) {
        return journey.take(planned(by), acceptChanges, tell);
    }

    private static Journey.Plan planned(String by) {
        Function<ActiveRun, Object> body = run -> {
            run.ledger().approvals().started(run.number(), by);
            return null;
        };
        return new Journey.Plan(COMMAND, "direct:migration", ledger -> null, body, run -> run.mappings()
                .requireSelected());
    }

    /**
     * Compares the target with the ledger, as the last phase of a run does.
     *
     * @param tell see {@link Journey#take}
     * @throws Problem CRV-310 when there is nothing to compare yet
     */
    public Run.State verify(Consumer<Run> tell) {
        // What is compared was fixed when it was written; the files there are now only read it back.
        return journey.take(VERIFY, true, tell);
    }

    /** The account of a run. */
    public RunSummary summary(Run run) {
        try (Ledger ledger = ledgers.openReadOnly()) {
            return RunSummary.of(ledger, run.id());
        }
    }

    /** The account of the last completed run; nothing where no ledger or no completed run is yet. */
    public Optional<RunSummary> lastSummary() {
        return ledgers.findReadOnly().flatMap(found -> {
            try (Ledger ledger = found) {
                return ledger.runs().lastCompleted(COMMAND).map(run -> RunSummary.of(ledger, run.id()));
            }
        });
    }
}
