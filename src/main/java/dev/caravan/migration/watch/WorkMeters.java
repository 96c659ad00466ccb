package dev.caravan.migration.watch;

import java.util.Locale;

import dev.caravan.migration.Halt;
import dev.caravan.migration.Progress;
import dev.caravan.migration.serve.RunService;
import dev.caravan.migration.serve.Standstill;
import dev.caravan.model.Problem;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** What a service is at, and why nothing is written if nothing is. */
@ApplicationScoped
public class WorkMeters {

    private final RunService runs;
    private final Progress progress;
    private final Standstill standstill;
    private volatile Halt halt;

    public WorkMeters(RunService runs, Progress progress, Standstill standstill, MeterRegistry registry) {
        this.runs = runs;
        this.progress = progress;
        this.standstill = standstill;
        for (var state : RunService.State.values()) {
            Gauge.builder("caravan.work", () -> this.runs.status().state() == state ? 1 : 0)
                    .description("1 for what the service is at, or how its last work ended")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        for (var why : Halt.Why.values()) {
            Gauge.builder("caravan.halted", () -> halt != null && halt.why() == why ? 1 : 0)
                    .description("1 while nothing is written for this reason, or would not be by a run")
                    .tag("why", why.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder("caravan.conversations", () -> this.progress.state().lanes())
                .description("Conversations that the run carries, by where they end")
                .register(registry);
        Gauge.builder("caravan.conversations.done", () -> this.progress.state().lanesDone())
                .description("Those of them that were read to their end")
                .register(registry);
    }

    /** A ledger that cannot be read is told by {@link LedgerMeters}. */
    void look() {
        try {
            halt = standstill.now().orElse(null);
        } catch (Problem away) {
            halt = null;
        }
    }
}
