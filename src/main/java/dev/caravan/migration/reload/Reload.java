package dev.caravan.migration.reload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.caravan.migration.Settings;
import dev.caravan.migration.camel.CamelStarter;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.CamelContext;
import org.jboss.logging.Logger;

/**
 * Lets edited files serve the next run. A service runs from a copy of the watched folder, which changes only as a whole,
 * when everything in the watched folder is right, and never during a run (invariant 9).
 */
@ApplicationScoped
public class Reload {

    private static final Logger LOG = Logger.getLogger(Reload.class);

    private final Settings settings;
    private final FolderCheck folder;
    private final CamelStarter starter;
    private final LiveRoutes live;
    private final ReentrantLock turn = new ReentrantLock();

    private Snapshot accepted = Snapshot.EMPTY;
    private Snapshot seen = Snapshot.EMPTY;
    private Snapshot judged = Snapshot.EMPTY;
    private volatile boolean begun;
    private volatile State state = new State(List.of(), List.of());

    public Reload(Settings settings, FolderCheck folder, CamelStarter starter, CamelContext camel) {
        this.settings = settings;
        this.folder = folder;
        this.starter = starter;
        this.live = new LiveRoutes(camel, settings);
    }

    /**
     * @param refused what is wrong with the files as they are; the version before serves
     * @param waiting names of changed files that are right, and serve once the run that is going on has ended
     */
    public record State(List<Problem> refused, Collection<String> waiting) {}

    public State state() {
        return state;
    }

    private Path watched() {
        return settings.serve().watched().resolve("routes");
    }

    private Path served() {
        return settings.home().resolve("routes");
    }

    /** @throws Problem when the folder cannot serve as it is; there is no version before to go on with */
    public synchronized void begin() {
        try {
            var now = Snapshot.of(watched());
            for (Problem problem : folder.check(watched())) {
                throw problem;
            }
            copy(now);
            accepted = now;
            seen = now;
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-566", watched(), unreadable.getMessage());
        }
        starter.start();
        begun = true;
    }

    private void copy(Snapshot now) {
        try {
            now.writeTo(served(), Snapshot.EMPTY);
        } catch (IOException denied) {
            throw new Problem(denied, "CRV-571", served(), denied.getMessage());
        }
    }

    /** Whether runs can be served. */
    public boolean hasBegun() {
        return begun;
    }

    /** Looks at the files; what changed is judged at the second look that sees the same: many editors save in two writes. */
    public synchronized void look() {
        try {
            var now = Snapshot.of(watched());
            if (now.equals(seen)) {
                judge(now);
            }
            seen = now;
        } catch (IOException saving) {
            LOG.debugf(saving, "%s is looked at again", watched());
        }
    }

    /** Carries out a run on the files as they are at its start, or on the version before when something is wrong. */
    public <T> T undisturbed(Supplier<T> run) {
        turn.lock();
        try {
            look();
            look();
            return run.get();
        } finally {
            turn.unlock();
        }
    }

    private void judge(Snapshot now) throws IOException {
        if (now.equals(accepted)) {
            judged = now;
            state = new State(List.of(), List.of());
            return;
        }
        if (!now.equals(judged)) {
            var problems = folder.check(watched());
            if (!Snapshot.of(watched()).equals(now)) {
                return;
            }
            judged = now;
            state = new State(problems, problems.isEmpty() ? now.changedFrom(accepted) : List.of());
            problems.forEach(Reload::warn);
        }
        if (state.refused().isEmpty() && turn.tryLock()) {
            try {
                swap(now);
            } finally {
                turn.unlock();
            }
        }
    }

    private void swap(Snapshot now) throws IOException {
        var before = accepted;
        try {
            now.writeTo(served(), before);
            live.update(before, now);
            accepted = now;
            state = new State(List.of(), List.of());
            LOG.info(new Problem("CRV-567", String.join(", ", now.changedFrom(before))).getMessage());
        } catch (Exception unforeseen) {
            before.writeTo(served(), now);
            putBack();
            var problem = new Problem(unforeseen, "CRV-568", watched(), RouteFile.words(unforeseen));
            state = new State(List.of(problem), List.of());
            LOG.error(problem.getMessage(), unforeseen);
        }
    }

    private void putBack() {
        try {
            live.loadAnew();
        } catch (Exception lost) {
            throw new IllegalStateException("the routes before do not start any more", lost);
        }
    }

    private static void warn(Problem problem) {
        LOG.warn(new Problem("CRV-569", problem.getMessage()).getMessage());
    }
}
