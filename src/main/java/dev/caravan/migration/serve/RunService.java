package dev.caravan.migration.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.caravan.ledger.Run;
import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Migration;
import dev.caravan.migration.PeopleWait;
import dev.caravan.migration.Progress;
import dev.caravan.migration.reload.Reload;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Runs, and whatever else needs source or target for itself, on demand, one at a time, while a service goes on. */
@ApplicationScoped
public class RunService {

    private static final Logger LOG = Logger.getLogger(RunService.class);
    private static final Duration BETWEEN_REQUESTS_TO_STOP = Duration.ofMillis(100);

    private final Migration migration;
    private final Reload reload;
    private final CurrentRun current;
    private final PeopleWait people;
    private final Progress progress;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "run"));

    private final Object turn = new Object();
    private final Deque<Work> waiting = new ArrayDeque<>();

    private volatile Future<?> going;
    private volatile Status status = new Status(State.IDLE, null, Migration.COMMAND, null);

    public RunService(Migration migration, Reload reload, CurrentRun current, PeopleWait people, Progress progress) {
        this.people = people;
        this.migration = migration;
        this.reload = reload;
        this.current = current;
        this.progress = progress;
    }

    /** How the last work of this service ended, or that it goes on. */
    public enum State {
        IDLE,
        RUNNING,
        COMPLETED,
        INTERRUPTED,
        FAILED
    }

    /**
     * @param problem why the work failed, or null
     * @param work what goes on or ended: {@code run}, {@code verify}, {@code replay}, {@code rollback}
     * @param began null before the first work
     */
    public record Status(State state, Problem problem, String work, Instant began) {}

    private record Work(String name, Supplier<Run.State> deed) {}

    public Status status() {
        return status;
    }

    /**
     * Starts a run and returns at once.
     *
     * @param by who starts it
     * @param acceptChanges go on with an interrupted run under changed files or settings
     * @param tell see {@link Migration#run}
     * @throws Problem as {@link #start(String, Supplier)}
     */
    public void start(String by, boolean acceptChanges, Consumer<Run> tell) {
        start(Migration.COMMAND, () -> people.await() ? migration.run(by, acceptChanges, tell) : Run.State.INTERRUPTED);
    }

    /**
     * Starts work and returns at once.
     *
     * @param name see {@link Status#work}
     * @throws Problem CRV-565 while some is going on, CRV-574 while the service is starting
     */
    public void start(String name, Supplier<Run.State> work) {
        synchronized (turn) {
            if (!begin(new Work(name, work))) {
                throw new Problem("CRV-565");
            }
        }
    }

    /**
     * Starts work, or lets it follow once what goes on now is completed. When that fails or is stopped, what waits is forgotten.
     *
     * @return whether it began at once
     * @throws Problem CRV-574 while the service is starting
     */
    public boolean startOrFollow(String name, Supplier<Run.State> work) {
        synchronized (turn) {
            var asked = new Work(name, work);
            if (begin(asked)) {
                return true;
            }
            waiting.add(asked);
            return false;
        }
    }

    /** Names of what follows, in its order. */
    public List<String> waiting() {
        synchronized (turn) {
            return waiting.stream().map(Work::name).toList();
        }
    }

    private boolean begin(Work work) {
        if (!reload.hasBegun()) {
            throw new Problem("CRV-574");
        }
        if (status.state() == State.RUNNING) {
            return false;
        }
        running(work);
        going = thread.submit(() -> carryOutAll(work));
        return true;
    }

    private void running(Work work) {
        current.afresh();
        status = new Status(State.RUNNING, null, work.name(), Instant.now());
        progress.begin();
    }

    private void carryOutAll(Work first) {
        for (var work = first; work != null; work = after(carryOut(work.name(), status.began(), work.deed()))) {
            LOG.debugf("%s is through", work.name());
        }
    }

    private Work after(Status ended) {
        synchronized (turn) {
            if (ended.state() != State.COMPLETED) {
                waiting.clear();
            }
            var next = waiting.poll();
            if (next == null) {
                status = ended;
            } else {
                running(next);
            }
            return next;
        }
    }

    private Status carryOut(String name, Instant began, Supplier<Run.State> work) {
        try {
            var end = reload.undisturbed(work);
            var state = end == Run.State.COMPLETED ? State.COMPLETED : State.INTERRUPTED;
            return new Status(state, null, name, began);
        } catch (Problem problem) {
            LOG.warn(problem.getMessage());
            return new Status(State.FAILED, problem, name, began);
        } catch (RuntimeException fault) {
            var problem = new Problem(fault, "CRV-900");
            LOG.error(problem.getMessage(), fault);
            return new Status(State.FAILED, problem, name, began);
        }
    }

    /** Asks what goes on to stop after the batches in flight; the ledger keeps the position. */
    public void stop() {
        current.stop();
    }

    /** Lets the batches in flight end; the ledger keeps the position. */
    public synchronized void close() {
        synchronized (turn) {
            waiting.clear();
        }
        thread.shutdown();
        while (going != null && !going.isDone()) {
            stop();
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
