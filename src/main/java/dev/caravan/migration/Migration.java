package dev.caravan.migration;

import java.util.List;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;
import dev.caravan.migration.camel.CamelStarter;
import dev.caravan.model.Problem;
import dev.caravan.transport.SinkStage;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.jboss.logging.Logger;

/** Carries out a run from its start, or from where it was interrupted, to its end. */
@ApplicationScoped
public class Migration {

    /** Name of its runs in the ledger. */
    public static final String COMMAND = "run";

    private static final Logger LOG = Logger.getLogger(Migration.class);

    private final Settings settings;
    private final List<SinkStage> stages;
    private final LedgerAccess ledgers;
    private final RunFactory runs;
    private final CurrentRun current;
    private final CamelStarter camelStarter;
    private final CamelContext camel;

    public Migration(
            Settings settings,
            LedgerAccess ledgers,
            RunFactory runs,
            @All List<SinkStage> stages,
            CurrentRun current,
            CamelStarter camelStarter,
            CamelContext camel) {
        this.settings = settings;
        this.stages = stages;
        this.ledgers = ledgers;
        this.runs = runs;
        this.current = current;
        this.camelStarter = camelStarter;
        this.camel = camel;
    }

    /**
     * Moves everything the source has and the ledger does not know yet; returns when it is done, or was asked to stop.
     *
     * @param acceptChanges go on with an interrupted run under changed files or settings
     * @throws Problem for whatever the operator can mend; the run stays interrupted and goes on next time
     */
    public Run.State run(boolean acceptChanges) {
        var fingerprint = runs.fingerprint();
        try (Ledger ledger = ledgers.open()) {
            var run = ledger.runs().start(COMMAND, fingerprint, acceptChanges);
            var active = runs.create(run.id(), run.started(), ledger);
            var stage = stages.stream()
                    .filter(one -> one.sinkKind().equals(settings.sink().kind()))
                    .findFirst();
            stage.ifPresent(one -> one.open(settings.workDir(), ledger.stage().segments()));
            current.begin(active);
            try {
                camelStarter.start();
                send("direct:migration");
            } catch (RuntimeException failed) {
                ledger.runs().interrupt(run.id(), failed.getMessage());
                throw failed;
            } finally {
                current.end();
                stage.ifPresent(SinkStage::close);
            }
            return finish(ledger, active);
        }
    }

    /** The account of the last completed run. */
    public RunSummary summary() {
        try (Ledger ledger = ledgers.openReadOnly()) {
            return ledger.runs()
                    .lastCompleted(COMMAND)
                    .map(run -> RunSummary.of(ledger, run.id(), "unverified"))
                    .orElseThrow(() -> new Problem("CRV-310"));
        }
    }

    private Run.State finish(Ledger ledger, ActiveRun active) {
        if (active.stopping()) {
            ledger.runs().interrupt(active.number(), active.stop().get());
            return Run.State.INTERRUPTED;
        }
        active.mappings().requireSelected();
        ledger.runs().complete(active.number());
        return Run.State.COMPLETED;
    }

    private void send(String route) {
        try (ProducerTemplate producer = camel.createProducerTemplate()) {
            producer.requestBody(route, null, Object.class);
        } catch (CamelExecutionException failed) {
            throw problem(failed);
        } catch (java.io.IOException closing) {
            LOG.debugf(closing, "closing the producer of %s", route);
        }
    }

    /** The problem a step threw, out of Camel's wrapping; anything else is a fault of the program. */
    private static RuntimeException problem(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
        }
        return new IllegalStateException("the run stopped at a fault of the program", failed.getCause());
    }
}
