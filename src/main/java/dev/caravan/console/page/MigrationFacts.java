package dev.caravan.console.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;
import dev.caravan.migration.Halt;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Migration;
import dev.caravan.migration.Progress;
import dev.caravan.migration.RunSummary;
import dev.caravan.migration.Settings;
import dev.caravan.migration.camel.Capabilities;
import dev.caravan.migration.reload.Reload;
import dev.caravan.migration.serve.RunService;
import dev.caravan.migration.serve.Standstill;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** What the page of the migration shows, as it is at this moment. */
@ApplicationScoped
public class MigrationFacts {

    /** As {@code routes/migration.camel.yaml} has them. */
    private static final List<String> PHASES = List.of("inventory", "directory", "history", "seal", "verification");

    private static final String OF_FILE_SINKS = "seal";

    private final RunService runs;
    private final Progress progress;
    private final LedgerAccess ledgers;
    private final Reload reload;
    private final Standstill standstill;
    private final Settings settings;
    private final Rates rates;

    public MigrationFacts(
            RunService runs,
            Progress progress,
            LedgerAccess ledgers,
            Reload reload,
            Standstill standstill,
            Settings settings,
            Rates rates) {
        this.runs = runs;
        this.progress = progress;
        this.ledgers = ledgers;
        this.reload = reload;
        this.standstill = standstill;
        this.settings = settings;
        this.rates = rates;
    }

    /**
     * @param state running, failed, never, interrupted or completed: key {@code console.state.<state>}
     * @param work what runs or failed: key {@code console.work.<work>}
     * @param phase of a run that goes on, or where it stopped; key {@code phase.<phase>}
     * @param next the phase after it, or null
     * @param halt why nothing is written, or would not be by a run; or null
     * @param run the last one, or null
     * @param remaining a rough guess, or null
     * @param refused what is wrong with edited files
     */
    public record Facts(
            String state,
            String work,
            String phase,
            Problem problem,
            String next,
            Halt halt,
            Run run,
            RunSummary account,
            List<KindRow> kinds,
            List<RuleRow> rules,
            Progress.State progress,
            Duration elapsed,
            Duration remaining,
            List<Problem> refused,
            List<String> waiting) {

        public boolean running() {
            return "running".equals(state);
        }

        public boolean paused() {
            return halt != null && halt.why() == Halt.Why.PAUSED;
        }

        /** Of the history. */
        public int percent() {
            return (int) (100 * progress.share());
        }

        public boolean wantsAcceptance() {
            return problem != null && "CRV-304".equals(problem.code());
        }
    }

    /** @param perSecond read, lately; 0 when nothing goes on */
    public record KindRow(
            String kind,
            long read,
            long delivered,
            long unchanged,
            long filtered,
            long dead,
            long perSecond,
            boolean adds) {}

    public record RuleRow(String rule, long number) {}

    public Facts now() {
        var status = runs.status();
        var files = reload.state();
        var found = ledgers.findReadOnly();
        try (Ledger ledger = found.orElse(null)) {
            var run = found.flatMap(one -> one.runs().last(Migration.COMMAND)).orElse(null);
            var account = run == null ? null : RunSummary.of(ledger, run.id());
            var running = status.state() == RunService.State.RUNNING;
            var elapsed = running ? Duration.between(status.began(), Instant.now()) : Duration.ZERO;
            var state = progress.state();
            return new Facts(
                    state(status, run),
                    status.work(),
                    running
                            ? state.phase()
                            : Optional.ofNullable(run).map(Run::phase).orElse(""),
                    status.problem(),
                    next(state.phase()),
                    standstill.now().orElse(null),
                    run,
                    account,
                    account == null ? List.of() : kinds(account, running),
                    account == null
                            ? List.of()
                            : account.rules().entrySet().stream()
                                    .map(rule -> new RuleRow(rule.getKey(), rule.getValue()))
                                    .sorted((a, b) -> Long.compare(b.number(), a.number()))
                                    .toList(),
                    state,
                    elapsed,
                    running ? state.remaining().orElse(null) : null,
                    files.refused(),
                    List.copyOf(files.waiting()));
        }
    }

    private String next(String phase) {
        var live = Capabilities.of(settings.sink().kind(), settings.home().resolve("routes"))
                .live();
        var phases = PHASES.stream()
                .filter(one -> !live || !one.equals(OF_FILE_SINKS))
                .toList();
        var place = phases.indexOf(phase);
        return place < 0 || place + 1 == phases.size() ? null : phases.get(place + 1);
    }

    /** People first, as the road has it; then what travels inside a message. */
    private static int place(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.word().equals(word))
                .map(Kind::ordinal)
                .findFirst()
                .orElse(Kind.values().length);
    }

    private static String state(RunService.Status status, Run run) {
        if (status.state() == RunService.State.RUNNING || status.state() == RunService.State.FAILED) {
            return status.state().name().toLowerCase(Locale.ROOT);
        }
        if (run == null) {
            return "never";
        }
        return run.state() == Run.State.COMPLETED ? "completed" : "interrupted";
    }

    private List<KindRow> kinds(RunSummary account, boolean running) {
        return account.kinds().entrySet().stream()
                .sorted(Comparator.comparing(kind -> place(kind.getKey())))
                .map(kind -> {
                    var counts = kind.getValue();
                    long read = counts.getOrDefault("read", 0L);
                    long delivered = counts.getOrDefault("delivered", 0L);
                    long unchanged = counts.getOrDefault("unchanged", 0L);
                    long filtered = counts.getOrDefault("filtered", 0L);
                    long dead = counts.getOrDefault("dead", 0L);
                    long parked = counts.getOrDefault("parked", 0L);
                    return new KindRow(
                            kind.getKey(),
                            read,
                            delivered,
                            unchanged,
                            filtered,
                            dead,
                            running ? rates.of(account.run() + kind.getKey(), read) : 0,
                            read == delivered + unchanged + filtered + dead + parked);
                })
                .filter(row -> row.read() > 0)
                .toList();
    }
}
