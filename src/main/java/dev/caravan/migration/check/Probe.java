package dev.caravan.migration.check;

import java.util.List;

import dev.caravan.migration.RunFactory;
import dev.caravan.migration.Settings;
import dev.caravan.migration.camel.Connector;
import dev.caravan.model.Problem;
import dev.caravan.transport.TargetProbe;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;

/** Tries the target itself, where its documents leave open what a migration relies on; leaves nothing there. */
@ApplicationScoped
public class Probe {

    private final Settings settings;
    private final RunFactory runs;
    private final List<TargetProbe> probes;

    public Probe(Settings settings, RunFactory runs, @All List<TargetProbe> probes) {
        this.settings = settings;
        this.runs = runs;
        this.probes = probes;
    }

    /** @throws Problem CRV-241 for a sink of which nothing is to be tried */
    public TargetProbe.Result probe() {
        runs.check();
        var kind = settings.sink().kind();
        return probes.stream()
                .filter(one -> one.sinkKind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new Problem("CRV-241", kind))
                .probe(Connector.sink(settings, settings.home().resolve("routes"))
                        .all());
    }
}
