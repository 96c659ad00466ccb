package dev.caravan.migration.watch;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.RunWatch;
import dev.caravan.migration.road.Committed;
import dev.caravan.model.Batch;
import dev.caravan.model.Kind;
import dev.caravan.model.Tally;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;

/** What runs of this process did: records, batches, dead letters, the time a sink takes. A rehearsal does nothing. */
@ApplicationScoped
public class RunMeters implements RunWatch {

    private static final String KIND = "kind";
    private static final String OUTCOME = "outcome";
    private static final Set<Tally.What> ACCOUNT = EnumSet.range(Tally.What.READ, Tally.What.DEAD);

    private final MeterRegistry registry;
    private final Set<String> phases = ConcurrentHashMap.newKeySet();
    private volatile boolean counts;
    private volatile String phase = "";

    public RunMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** With zeros to begin with: what grows from nothing at all does not grow for those who compare. */
    void register() {
        for (var kind : Kind.values()) {
            ACCOUNT.forEach(what -> records(kind.word(), what).increment(0));
        }
    }

    @Override
    public void begun(ActiveRun run) {
        counts = run.ledger() != null;
    }

    @Override
    public void phase(String name) {
        if (!counts) {
            return;
        }
        phase = name;
        if (phases.add(name)) {
            Gauge.builder("caravan.phase", () -> phase.equals(name) ? 1 : 0)
                    .description("1 for the phase the run is in, or was in last")
                    .tag("phase", name)
                    .register(registry);
        }
    }

    @Override
    public void atSink(Kind kind, Duration took) {
        if (counts) {
            Timer.builder("caravan.sink")
                    .description("Time from handing a portion of a batch to the sink to having its answer")
                    .tag(KIND, kind.word())
                    .serviceLevelObjectives(Latencies.BUCKETS)
                    .register(registry)
                    .record(took);
        }
    }

    @Override
    public void committed(Batch batch, Committed what) {
        if (!counts) {
            return;
        }
        registry.counter("caravan.batches", KIND, batch.kind().word()).increment();
        what.tally().counts().forEach((key, number) -> {
            if (key.what() == Tally.What.FINDING) {
                registry.counter("caravan.findings", KIND, key.kind(), "rule", key.rule())
                        .increment(number);
            } else {
                records(key.kind(), key.what()).increment(number);
            }
        });
        what.dead().forEach((cause, number) -> registry.counter("caravan.dead.letters", "cause", cause)
                .increment(number));
    }

    private Counter records(String kind, Tally.What what) {
        return registry.counter("caravan.records", KIND, kind, OUTCOME, what.word());
    }
}
