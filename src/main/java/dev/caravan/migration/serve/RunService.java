package dev.caravan.migration.serve;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.caravan.ledger.Run;
import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Migration;
import dev.caravan.migration.Progress;
import dev.caravan.migration.reload.Reload;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Runs on demand, one at a time, while a service goes on. */
@ApplicationScoped
public class RunService {

    private static final Logger LOG = Logger.getLogger(RunService.class);
    private static final Duration BETWEEN_REQUESTS_TO_STOP = Duration.ofMillis(100);

    private final Migration migration;
    private final Reload reload;
    private final CurrentRun current;
    private final Progress progress;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "run"));

    private Future<?> going;
    private volatile Status status = new Status(State.IDLE, null);

    public RunService(Migration migration, Reload reload, CurrentRun current, Progress progress) {
        this.migration = migration;
        this.reload = reload;
        this.current = current;
        this.progress = progress;
    }

    /** How the last run of this service ended, or that it goes on. */
    public enum State {
        IDLE,
        RUNNING,
        COMPLETED,
        INTERRUPTED,
        FAILED
    }

    /** @param problem why the run failed, or null */
    public record Status(State state, Problem problem) {}

    public Status status() {
        return status;
    }

    /**
     * Starts a run and returns at once.
     *
     * @param acceptChanges go on with an interrupted run under changed files or settings
     * @throws Problem CRV-565 while one is going on, CRV-574 while the service is starting
     */
    public synchronized void start(boolean acceptChanges) {
        if (!reload.hasBegun()) {
            throw new Problem("CRV-574");
        }
        if (status.state() == State.RUNNING) {
            throw new Problem("CRV-565");
        }
        status = new Status(State.RUNNING, null);
        progress.begin();
        going = thread.submit(() -> status = carryOut(acceptChanges));
    }

    private Status carryOut(boolean acceptChanges) {
        try {
            var end = reload.undisturbed(() -> migration.run(acceptChanges, run -> {}));
            return new Status(end == Run.State.COMPLETED ? State.COMPLETED : State.INTERRUPTED, null);
        } catch (Problem problem) {
            LOG.warn(problem.getMessage());
            return new Status(State.FAILED, problem);
        } catch (RuntimeException fault) {
            var problem = new Problem(fault, "CRV-900");
            LOG.error(problem.getMessage(), fault);
            return new Status(State.FAILED, problem);
        }
    }

    /** Lets the batches in flight end; the ledger keeps the position. */
    public synchronized void close() {
        thread.shutdown();
        while (going != null && !going.isDone()) {
            current.find().ifPresent(run -> run.stop(ActiveRun.INTERRUPTED));
            try {
                going.get(BETWEEN_REQUESTS_TO_STOP.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillGoing) {
                LOG.debug("waiting for the batches in flight");
            } catch (ExecutionException fault) {
                LOG.error("CRV-900", fault);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
