package dev.caravan.migration;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;
import dev.caravan.model.Problem;
import org.jboss.logging.Logger;

/**
 * What becomes of a run, in the history of the ledger, in the name of the person whose process does it: who asked for it at a
 * console stands in an entry of its own.
 */
final class Diary {

    private static final Logger LOG = Logger.getLogger(Diary.class);
    private static final String FAULT = "CRV-900";

    private final Ledger ledger;
    private final Run run;

    Diary(Ledger ledger, Run run) {
        this.ledger = ledger;
        this.run = run;
    }

    /** @throws Problem CRV-305 */
    void began() {
        write(ledger, "run-began", run.command() + " " + run.id());
    }

    void completed() {
        write(ledger, "run-completed", run.command() + " " + run.id());
    }

    void interrupted(String reason) {
        write(ledger, "run-interrupted", run.command() + " " + run.id() + ": " + reason);
    }

    /** The failure itself is told by whoever gave the command, also when the ledger is what failed. */
    void failed(RuntimeException failure) {
        try {
            var code = failure instanceof Problem problem ? problem.code() : FAULT;
            write(ledger, "run-failed", run.command() + " " + run.id() + ": " + code);
        } catch (Problem alsoFailed) {
            LOG.debug("not written down", alsoFailed);
        }
    }

    /** The run goes into a phase of its route. */
    static void phase(Ledger ledger, int run, String phase) {
        write(ledger, "phase", run + ": " + phase);
    }

    private static void write(Ledger ledger, String what, String detail) {
        ledger.audit().add(System.getProperty("user.name"), what, detail);
    }
}
