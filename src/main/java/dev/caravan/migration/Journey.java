package dev.caravan.migration;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;
import dev.caravan.migration.camel.CamelStarter;
import dev.caravan.migration.camel.Connector;
import dev.caravan.migration.road.Books;
import dev.caravan.migration.road.LedgerTargetIds;
import dev.caravan.model.Problem;
import dev.caravan.transform.link.Directory;
import dev.caravan.transport.LiveSink;
import dev.caravan.transport.SinkStage;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.jboss.logging.Logger;

/** What every command that writes to the target has in common: its start, its stage, its route, its end. */
@ApplicationScoped
public class Journey {

    private static final Logger LOG = Logger.getLogger(Journey.class);
    private static final String FAILED = "failed";

    private final Settings settings;
    private final List<SinkStage> stages;
    private final List<LiveSink> liveSinks;
    private final LedgerAccess ledgers;
    private final RunFactory runs;
    private final CurrentRun current;
    private final Progress progress;
    private final CamelStarter camelStarter;
    private final CamelContext camel;
    private final List<RunNews> news;

    public Journey(
            Settings settings,
            LedgerAccess ledgers,
            RunFactory runs,
            @All List<SinkStage> stages,
            @All List<LiveSink> liveSinks,
            CurrentRun current,
            Progress progress,
            CamelStarter camelStarter,
            CamelContext camel,
            @All List<RunNews> news) {
        this.settings = settings;
        this.stages = stages;
        this.liveSinks = liveSinks;
        this.ledgers = ledgers;
        this.runs = runs;
        this.current = current;
        this.progress = progress;
        this.camelStarter = camelStarter;
        this.camel = camel;
        this.news = news;
    }

    /**
     * @param command its name in the ledger; an interrupted one of that name goes on
     * @param route where it begins
     * @param account the run whose account it writes; empty for its own
     * @param body what the route begins with
     * @param end checks the result before the run is completed
     */
    public record Plan(
            String command,
            String route,
            Function<Ledger, Run> account,
            Function<ActiveRun, Object> body,
            Consumer<ActiveRun> end) {

        private boolean writes() {
            return Migration.COMMAND.equals(command);
        }
    }

    /**
     * Returns when the plan is carried out, or was asked to stop.
     *
     * @param acceptChanges go on with an interrupted run under changed files or settings
     * @param tell tells people of the run whose account was written, before this run is completed: one that was killed
     *     in between goes on, finds nothing left to do, and tells the same
     * @throws Problem for whatever the operator can mend; the run stays interrupted and goes on next time
     */
    public Run.State take(Plan plan, boolean acceptChanges, Consumer<Run> tell) {
        runs.check();
        var fingerprint = RunFingerprint.of(settings);
        if (plan.writes()) {
            stage().ifPresent(one -> one.requireWritable(settings.sink().properties()));
        }
        try (Ledger ledger = ledgers.open()) {
            ImportMark.apply(settings, ledger);
            var account = plan.account().apply(ledger);
            var goesOn = ledger.runs()
                    .last(plan.command())
                    .filter(last -> last.state() != Run.State.COMPLETED)
                    .isPresent();
            var run = ledger.runs().start(plan.command(), fingerprint, acceptChanges);
            var active = runs.create(run.id(), account == null ? run : account, ledger);
            var counted = account == null ? run : account;
            var diary = new Diary(ledger, run);
            diary.began();
            news.forEach(one -> one.began(plan.command(), active));
            try (var desk = new Desk(ledger, active.schedule());
                    var pulse = new Pulse(ledger, counted.id(), progress, active.schedule())) {
                travel(plan, ledger, active, goesOn);
                if (active.stopping()) {
                    ledger.runs().interrupt(run.id(), active.stop().get());
                    diary.interrupted(active.stop().get());
                    news.forEach(one -> one.stopped(plan.command(), active));
                    return Run.State.INTERRUPTED;
                }
                plan.end().accept(active);
                tell.accept(account == null ? run.completed(Instant.now()) : account);
            } catch (RuntimeException failed) {
                news.forEach(one -> one.failed(plan.command(), active, failed));
                ledger.runs().interrupt(run.id(), failed.getMessage());
                diary.failed(failed);
                throw failed;
            }
            ledger.runs().complete(run.id());
            diary.completed();
            news.forEach(one -> one.completed(plan.command(), active));
            return Run.State.COMPLETED;
        }
    }

    /**
     * Goes the road without delivering or keeping anything.
     *
     * @param route where it begins
     * @return whether it came to its end; it was asked to stop otherwise
     * @throws Problem what stops it: the source cannot be read, the routes do not start
     */
    public boolean rehearse(String route, Function<Directory, Books> books) {
        var active = runs.rehearse(books);
        current.begin(active);
        try {
            camelStarter.start();
            send(route, null);
        } finally {
            current.end();
        }
        return !active.stopping();
    }

    /**
     * Goes a route that changes nothing, neither in the ledger nor on the target.
     *
     * @param body what the route begins with
     * @param end looks at what it came to
     * @throws Problem CRV-310 where no run was yet
     */
    public void look(String route, Function<ActiveRun, Object> body, Consumer<ActiveRun> end) {
        runs.check();
        try (Ledger ledger = ledgers.openReadOnly()) {
            var last = ledger.runs().last(Migration.COMMAND).orElseThrow(() -> new Problem("CRV-310"));
            var active = runs.create(0, last, ledger);
            var live = live(ledger, active, false);
            current.begin(active, live);
            try {
                camelStarter.start();
                send(route, body.apply(active));
                end.accept(active);
            } finally {
                current.end();
                live.ifPresent(LiveSink::close);
            }
        }
    }

    private void travel(Plan plan, Ledger ledger, ActiveRun active, boolean goesOn) {
        var stage = stage();
        stage.ifPresent(one -> one.open(settings.workDir(), ledger.stage().segments()));
        var live = live(ledger, active, goesOn);
        current.begin(active, live);
        try {
            if (live.isPresent()) {
                awaitFormerWriter(ledger, active);
            }
            camelStarter.start();
            send(plan.route(), plan.body().apply(active));
        } catch (ActiveRun.Interrupted asked) {
            // The run itself says that it is stopping.
            LOG.debug("stopped while it waited");
        } catch (RuntimeException failed) {
            // Other lanes may be waiting, and must not do so for ever.
            active.stop(FAILED);
            throw failed;
        } finally {
            current.end();
            stage.ifPresent(SinkStage::close);
            live.ifPresent(LiveSink::close);
        }
    }

    private static void awaitFormerWriter(Ledger ledger, ActiveRun active) {
        var wait = ledger.formerWritesFor();
        if (!wait.isZero()) {
            LOG.infof(
                    "Who wrote to this ledger before did not give it back: waits %d s, after which that process,"
                            + " should it live, sends nothing more",
                    wait.toSeconds());
            active.await(wait);
        }
    }

    private Optional<SinkStage> stage() {
        return stages.stream()
                .filter(one -> one.sinkKind().equals(settings.sink().kind()))
                .findFirst();
    }

    private Optional<LiveSink> live(Ledger ledger, ActiveRun active, boolean goesOn) {
        var sink = liveSinks.stream()
                .filter(one -> one.sinkKind().equals(settings.sink().kind()))
                .findFirst();
        sink.ifPresent(one -> {
            one.pace(active::share);
            one.zone(active.schedule().zone());
            one.goesOn(goesOn);
            one.open(
                    Connector.sink(settings, settings.home().resolve("routes")).all(),
                    new LedgerTargetIds(ledger, active.directory()));
        });
        return sink;
    }

    private void send(String route, Object body) {
        try (ProducerTemplate producer = camel.createProducerTemplate()) {
            producer.requestBody(route, body, Object.class);
        } catch (CamelExecutionException failed) {
            throw problem(failed);
        } catch (java.io.IOException closing) {
            LOG.debugf(closing, "closing the producer of %s", route);
        }
    }

    /** The problem a step threw, out of Camel's wrapping; anything else is a fault of the program. */
    private static RuntimeException problem(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem || cause instanceof ActiveRun.Interrupted) {
                return (RuntimeException) cause;
            }
        }
        return new IllegalStateException("the run stopped at a fault of the program", failed.getCause());
    }
}
