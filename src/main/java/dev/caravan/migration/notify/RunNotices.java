package dev.caravan.migration.notify;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterState;
import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.Halt;
import dev.caravan.migration.Migration;
import dev.caravan.migration.Progress;
import dev.caravan.migration.RunNews;
import dev.caravan.migration.RunSummary;
import dev.caravan.migration.Settings;
import dev.caravan.migration.notify.Notice.Event;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** What of a run people are told: its phases, why nothing is written, what stops it, dead letters, its result. */
@ApplicationScoped
public class RunNotices implements RunNews {

    private static final Logger LOG = Logger.getLogger(RunNotices.class);
    private static final int LETTERS_EVERY = 10;
    private static final Duration A_WHILE = Duration.ofMinutes(1);
    private static final Duration BEFORE_THE_PROCESS_IS_STOPPED = Duration.ofSeconds(5);

    private final Notifier notifier;
    private final Progress progress;
    private final Settings settings;
    private final Clock clock;
    private ScheduledExecutorService looking;
    private ActiveRun watched;
    private int looks;

    public RunNotices(Notifier notifier, Progress progress, Settings settings, Clock clock) {
        this.notifier = notifier;
        this.progress = progress;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public synchronized void began(String command, ActiveRun run) {
        if (!wanted()) {
            return;
        }
        watched = run;
        looks = 0;
        if (looking == null) {
            looking = Executors.newSingleThreadScheduledExecutor(task -> {
                var thread = new Thread(task, "run-notices");
                thread.setDaemon(true);
                return thread;
            });
            looking.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
        }
    }

    private boolean wanted() {
        try {
            return notifier.isWanted();
        } catch (RuntimeException wrongSetting) {
            LOG.warn(wrongSetting.getMessage());
            return false;
        }
    }

    private synchronized void look() {
        attempt(watched, run -> {
            var halt = progress.state().halt();
            if (halt != null) {
                halted(run, halt);
            }
            if (++looks % LETTERS_EVERY == 0) {
                letters(run);
            }
        });
    }

    @Override
    public void phase(ActiveRun run, String phase) {
        attempt(
                run,
                one -> notifier.tell(new Notice(
                        Event.PHASE,
                        List.of("phase:" + one.number() + ":" + phase),
                        one.number(),
                        true,
                        Text.of("notify.phase.title", one.number(), Text.of("phase." + phase)),
                        List.of(messages(one.ledger().runs().account(one.number()))))));
    }

    private void halted(ActiveRun run, Halt halt) {
        if (halt.why() == Halt.Why.TARGET
                && halt.since().isAfter(clock.instant().minus(A_WHILE))) {
            return;
        }
        var which =
                switch (halt.why()) {
                    case PAUSED -> ":" + halt.since().toEpochMilli();
                    case SCHEDULE -> ":" + halt.until();
                    case APPROVAL -> ":" + run.number() + ":" + halt.reason() + ":"
                            + halt.since().toEpochMilli();
                    case PEOPLE -> ":" + halt.reason();
                    case TARGET -> "";
                };
        notifier.tell(new Notice(
                Event.HALT,
                List.of("halt:" + halt.why() + which),
                run.number(),
                halt.why() != Halt.Why.TARGET,
                Text.of("notify.halt.title", run.number()),
                List.of(words -> halt.inWords(words, clock.instant()))));
    }

    /** More of them than the settings allow: each cause by itself is told so often. */
    private void letters(ActiveRun run) {
        var account = run.ledger().runs().account(run.number());
        long read = sum(account, What.READ);
        long dead = sum(account, What.DEAD);
        var limits = settings.notices();
        if (dead <= limits.deadLetters() && dead <= limits.deadLetterShare() * read) {
            return;
        }
        var causes = causes(run.ledger());
        var keys = causes.keySet().stream().map(RunNotices::letterKey).toList();
        notifier.tell(
                keys,
                false,
                due -> new Notice(
                        Event.DEAD_LETTERS,
                        due,
                        run.number(),
                        false,
                        Text.of("notify.letters.title", run.number(), dead, read),
                        causes.entrySet().stream()
                                .filter(cause -> due.contains(letterKey(cause.getKey())))
                                .<Text>map(cause -> words -> words.say(
                                        "notify.letters.line",
                                        cause.getValue(),
                                        cause.getKey(),
                                        words.find("cause." + cause.getKey()).orElse("")))
                                .toList()));
    }

    private static String letterKey(String cause) {
        return "dead-letters:" + cause;
    }

    private static TreeMap<String, Long> causes(Ledger ledger) {
        var causes = new TreeMap<String, Long>();
        for (LetterState state : LetterState.WAITING) {
            ledger.deadLetters()
                    .countByCause(LetterFilter.ALL.withState(state))
                    .forEach((cause, n) -> causes.merge(cause, n, Long::sum));
        }
        return causes;
    }

    private static long sum(Tally account, What what) {
        return account.counts().entrySet().stream()
                .filter(count -> count.getKey().what() == what)
                .mapToLong(count -> count.getValue())
                .sum();
    }

    private static Text messages(Tally account) {
        return Text.of(
                "notify.messages",
                account.of("message", What.READ),
                account.of("message", What.DELIVERED) + account.of("message", What.UNCHANGED),
                account.of("message", What.FILTERED),
                account.of("message", What.DEAD));
    }

    @Override
    public void completed(String command, ActiveRun run) {
        unwatch();
        attempt(run, one -> {
            letters(one);
            if (Migration.COMMAND.equals(command)) {
                result(one);
            }
        });
    }

    private void result(ActiveRun run) {
        var summary = RunSummary.of(run.ledger(), run.number());
        notifier.tell(new Notice(
                Event.RESULT,
                List.of("result:" + run.number()),
                run.number(),
                true,
                Text.of("notify.result.title", run.number(), Text.of("report.verdict." + summary.verdict())),
                List.of(
                        messages(run.ledger().runs().account(run.number())),
                        words -> summary.open() == 0 ? "" : words.say("notify.open", summary.open()),
                        Text.of("report.verdict." + summary.verdict() + ".meaning"))));
    }

    @Override
    public void stopped(String command, ActiveRun run) {
        unwatch();
        attempt(run, one -> {
            letters(one);
            notifier.tell(new Notice(
                    Event.RESULT,
                    List.of("stopped:" + one.number()),
                    one.number(),
                    false,
                    Text.of("notify.stopped.title", one.number()),
                    List.of(Text.of("interrupted"))));
            // The process may be halted as soon as the run is at its end.
            notifier.flush(BEFORE_THE_PROCESS_IS_STOPPED);
        });
    }

    @Override
    public void failed(String command, ActiveRun run, RuntimeException why) {
        unwatch();
        attempt(run, one -> {
            var problem = why instanceof Problem known ? known : new Problem("CRV-900");
            notifier.tell(new Notice(
                    Event.FAILURE,
                    List.of("failure:" + problem.code()),
                    one.number(),
                    false,
                    Text.of("notify.failure.title", one.number(), command),
                    List.of(problem::inWords)));
        });
    }

    private synchronized void unwatch() {
        watched = null;
    }

    /** Whatever goes wrong here, the run goes on. */
    private void attempt(ActiveRun run, Consumer<ActiveRun> telling) {
        if (run == null || !wanted()) {
            return;
        }
        try {
            telling.accept(run);
        } catch (RuntimeException failed) {
            LOG.debug("nobody was told", failed);
        }
    }

    @PreDestroy
    synchronized void close() {
        if (looking != null) {
            looking.shutdownNow();
        }
    }
}
