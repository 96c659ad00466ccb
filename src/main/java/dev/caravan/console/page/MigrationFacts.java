package dev.caravan.console.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;
import dev.caravan.migration.Halt;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Migration;
import dev.caravan.migration.Progress;
import dev.caravan.migration.RateInUse;
import dev.caravan.migration.RunSummary;
import dev.caravan.migration.Settings;
import dev.caravan.migration.SinkRates;
import dev.caravan.migration.camel.Capabilities;
import dev.caravan.migration.reload.Reload;
import dev.caravan.migration.serve.Elsewhere;
import dev.caravan.migration.serve.RunService;
import dev.caravan.migration.serve.Standstill;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally;
import jakarta.enterprise.context.ApplicationScoped;

/** What the page of the migration shows, as it is at this moment. */
@ApplicationScoped
public class MigrationFacts {

    /** As {@code routes/migration.camel.yaml} has them. */
    static final List<String> PHASES = List.of("inventory", "directory", "history", "seal", "verification");

    /** Keys {@code console.state.<state>} and {@code console.state-means.<state>}. */
    static final List<String> STATES =
            List.of("never", "running", "elsewhere", "silent", "paused", "interrupted", "failed", "completed");

    private static final String OF_FILE_SINKS = "seal";

    private final RunService runs;
    private final Progress progress;
    private final LedgerAccess ledgers;
    private final Reload reload;
    private final Standstill standstill;
    private final Settings settings;
    private final Rates rates;
    private final SinkRates sinkRates;
    private final Elsewhere elsewhere;

    public MigrationFacts(
            RunService runs,
            Progress progress,
            LedgerAccess ledgers,
            Reload reload,
            Standstill standstill,
            Settings settings,
            Rates rates,
            SinkRates sinkRates,
            Elsewhere elsewhere) {
        this.runs = runs;
        this.progress = progress;
        this.ledgers = ledgers;
        this.reload = reload;
        this.standstill = standstill;
        this.settings = settings;
        this.rates = rates;
        this.sinkRates = sinkRates;
        this.elsewhere = elsewhere;
    }

    /**
     * @param state one of {@link #STATES}
     * @param work what runs or failed: key {@code console.work.<work>}
     * @param phase of a run that goes on, or where it stopped; key {@code phase.<phase>}
     * @param next the phase after it, or null
     * @param halt why nothing is written, or would not be by a run; or null
     * @param run the last one, or null
     * @param remaining a rough guess, or null
     * @param refused what is wrong with edited files
     * @param writer another process that writes, or null
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
            List<AccountRows.KindRow> kinds,
            List<AccountRows.ObjectRow> objects,
            List<AccountRows.RuleRow> rules,
            Progress.State progress,
            List<RateInUse> rates,
            Duration elapsed,
            Duration remaining,
            List<Problem> refused,
            List<String> waiting,
            Elsewhere.Writer writer) {

        public boolean running() {
            return "running".equals(state);
        }

        /** Whether some record is neither here nor there. */
        public boolean parked() {
            return kinds.stream().anyMatch(kind -> kind.parked() != 0);
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

    public Facts now() {
        var status = runs.status();
        var files = reload.state();
        var found = ledgers.findReadOnly();
        try (Ledger ledger = found.orElse(null)) {
            var run = found.flatMap(one -> one.runs().last(Migration.COMMAND)).orElse(null);
            var running = status.state() == RunService.State.RUNNING;
            var writer = running ? null : found.flatMap(elsewhere::in).orElse(null);
            var rows = new AccountRows(run == null ? Tally.NONE : ledger.runs().account(run.id()));
            var state = progress.state();
            return new Facts(
                    state(status, run, writer),
                    status.work(),
                    phase(running, state, run, writer),
                    status.problem(),
                    next(state.phase()),
                    standstill.now().orElse(null),
                    run,
                    run == null ? null : RunSummary.of(ledger, run.id()),
                    rows.kinds((kind, read) -> running || writer != null ? rates.of(run.id() + kind, read) : 0),
                    rows.objects(),
                    rows.rules(),
                    state,
                    running ? sinkRates.inUse() : List.of(),
                    running ? Duration.between(status.began(), Instant.now()) : Duration.ZERO,
                    running ? state.remaining().orElse(null) : null,
                    files.refused(),
                    List.copyOf(files.waiting()),
                    writer);
        }
    }

    private static String phase(boolean running, Progress.State state, Run run, Elsewhere.Writer writer) {
        if (running) {
            return state.phase();
        }
        var phase = writer == null ? Optional.ofNullable(run).map(Run::phase).orElse(null) : writer.phase();
        return phase == null ? "" : phase;
    }

    private Capabilities sink() {
        return Capabilities.of(settings.sink().kind(), settings.home().resolve("routes"));
    }

    private String next(String phase) {
        var live = sink().live();
        var phases = PHASES.stream()
                .filter(one -> !live || !one.equals(OF_FILE_SINKS))
                .toList();
        var place = phases.indexOf(phase);
        return place < 0 || place + 1 == phases.size() ? null : phases.get(place + 1);
    }

    private static String state(RunService.Status status, Run run, Elsewhere.Writer writer) {
        if (writer != null) {
            return writer.silent() ? "silent" : "elsewhere";
        }
        if (status.state() == RunService.State.RUNNING || status.state() == RunService.State.FAILED) {
            return status.state().name().toLowerCase(Locale.ROOT);
        }
        if (run == null) {
            return "never";
        }
        return run.state() == Run.State.COMPLETED ? "completed" : "interrupted";
    }
}
