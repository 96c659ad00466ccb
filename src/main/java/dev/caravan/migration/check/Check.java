package dev.caravan.migration.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import dev.caravan.migration.Journey;
import dev.caravan.migration.RunFactory;
import dev.caravan.migration.Settings;
import dev.caravan.migration.camel.Capabilities;
import dev.caravan.migration.camel.Connector;
import dev.caravan.migration.camel.Cost;
import dev.caravan.migration.camel.KameletDefinition;
import dev.caravan.migration.report.ReportFacts.Part;
import dev.caravan.model.Problem;
import dev.caravan.transform.link.Directory;
import dev.caravan.transform.mapping.TargetForecast;
import dev.caravan.transform.mapping.TargetRules;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells what a run would do, and writes nothing anywhere: no work directory, no ledger, no package. */
@ApplicationScoped
public class Check {

    private final Settings settings;
    private final RunFactory runs;
    private final Journey journey;
    private final List<TargetRules> rules;
    private final List<TargetForecast> forecasts;

    public Check(
            Settings settings,
            RunFactory runs,
            Journey journey,
            @All List<TargetRules> rules,
            @All List<TargetForecast> forecasts) {
        this.settings = settings;
        this.runs = runs;
        this.journey = journey;
        this.rules = rules;
        this.forecasts = forecasts;
    }

    /** Reads the whole source when settings and files allow it; what they do not allow is in the result. */
    public CheckResult check() {
        var target = rules.stream()
                .filter(one -> one.sinkKind().equals(settings.sink().kind()))
                .findFirst()
                .orElse(TargetRules.NONE);
        var problems = new ArrayList<>(runs.problems());
        if (!problems.isEmpty()) {
            return unread(problems);
        }
        Optional<TargetForecast.Count> forecast = Optional.empty();
        try {
            target.requireValid(settings.sink().properties());
            forecast = forecast();
        } catch (Problem invalid) {
            problems.add(invalid);
        }
        writable("caravan.work-dir", settings.workDir(), problems);
        var path = settings.sink().properties().get("path");
        if (path != null) {
            writable("caravan.sink.path", Path.of(path).toAbsolutePath().getParent(), problems);
        }
        return rehearse(target, forecast, problems);
    }

    private Optional<TargetForecast.Count> forecast() {
        var routes = settings.home().resolve("routes");
        var kind = settings.sink().kind();
        var properties = Connector.sink(settings, routes).all();
        var own = forecasts.stream().filter(one -> one.sinkKind().equals(kind)).findFirst();
        if (own.isPresent()) {
            return own.map(one -> one.count(properties));
        }
        var sink = Capabilities.of(kind, routes);
        return sink.live()
                ? Optional.of(
                        new RateForecast(Cost.of(KameletDefinition.get(routes, kind + "-sink"), properties), sink))
                : Optional.empty();
    }

    private CheckResult rehearse(TargetRules target, Optional<TargetForecast.Count> forecast, List<Problem> problems) {
        var rehearsal = new AtomicReference<>(new Rehearsal(new Directory(List.of()), target, forecast));
        var complete = false;
        try {
            complete = journey.rehearse("direct:check", directory -> {
                rehearsal.set(new Rehearsal(directory, target, forecast));
                return rehearsal.get();
            });
        } catch (Problem stopped) {
            problems.add(stopped);
        }
        return rehearsal.get().result(complete, problems, runs.schedule());
    }

    private static CheckResult unread(List<Problem> problems) {
        return new CheckResult(
                false,
                problems,
                List.of(),
                List.of(),
                List.of(),
                new Part<>(List.of(), 0),
                new Part<>(List.of(), 0),
                new Part<>(List.of(), 0),
                null,
                null);
    }

    /** Asks without trying: a folder that is not there yet is made below the nearest one that is. */
    private static void writable(String setting, Path folder, List<Problem> problems) {
        var there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null || !Files.isDirectory(there) || !Files.isWritable(there)) {
            problems.add(new Problem("CRV-216", setting, folder));
        }
    }
}
