package dev.caravan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerAddress;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Migration;
import dev.caravan.migration.Pausing;
import dev.caravan.migration.Progress;
import dev.caravan.migration.RunNews;
import dev.caravan.migration.Settings;
import dev.caravan.migration.approval.Approving;
import dev.caravan.migration.check.Check;
import dev.caravan.migration.check.CheckResult;
import dev.caravan.migration.letters.Letters;
import dev.caravan.migration.letters.Replay;
import dev.caravan.migration.letters.Selection;
import dev.caravan.migration.rollback.Rollback;
import dev.caravan.migration.rollback.RollbackResult;
import dev.caravan.transform.mapping.TargetForecast;
import dev.caravan.transform.mapping.TargetRules;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * A whole migration in a plain Camel context: the real routes, ledger and connectors, without Quarkus' start, so that a
 * test costs milliseconds. The packaged application is tested apart.
 */
public final class TestMigration {

    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, Object> beans = new TreeMap<>();
    private final CurrentRun current = new CurrentRun();
    private final Progress progress = new Progress(current);
    private Clock clock = Clock.systemUTC();
    private String starter = "tester";
    private List<RunNews> news = List.of();

    /** @param folder a temporary folder; gets its own copy of {@code routes/}, unless it has one, and the work directory */
    public TestMigration(Path folder) {
        if (!Files.exists(folder.resolve("routes"))) {
            copy(Path.of("routes"), folder.resolve("routes"));
        }
        with("caravan.home", folder.toString());
        with("caravan.work-dir", folder.resolve("work").toString());
    }

    public TestMigration with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    public TestMigration with(Map<String, String> more) {
        settings.putAll(more);
        return this;
    }

    public TestMigration without(String setting) {
        settings.remove(setting);
        return this;
    }

    /** Keeps its ledger in this database; in a file of its own, if this is never called. */
    public TestMigration on(TestDatabase database) {
        if (database.in(Path.of(settings.get("caravan.home"))) instanceof LedgerAddress.Postgresql server) {
            with("caravan.ledger.kind", "postgresql");
            with("caravan.ledger.url", server.jdbcUrl());
            with("caravan.ledger.user", server.user());
            with("caravan.ledger.password", server.password());
            with("caravan.ledger.schema", server.schema());
        }
        return this;
    }

    /** What time its schedule thinks it is. */
    public TestMigration at(Clock other) {
        clock = other;
        return this;
    }

    /** Of the run that is going on. */
    public Progress.State progress() {
        return progress.state();
    }

    /** Asks the run that is going on to stop, as Ctrl-C does. */
    public void stop() {
        current.find().ifPresent(run -> run.stop(ActiveRun.INTERRUPTED));
    }

    /** Where others find what goes on, and can stop it. */
    public CurrentRun current() {
        return current;
    }

    /** Who starts the runs that follow. */
    public TestMigration by(String name) {
        starter = name;
        return this;
    }

    /** Its runs are told of to whoever this makes, which lives as long as the test. */
    public TestMigration toldTo(BiFunction<Settings, Progress, RunNews> watcher) {
        news = List.of(watcher.apply(settings(), progress));
        return this;
    }

    public Approving approving() {
        var all = settings();
        return new Approving(new LedgerAccess(all), all);
    }

    public Pausing pausing() {
        return new Pausing(new LedgerAccess(settings()));
    }

    /** A bean that Kamelets of the test call by name. */
    public TestMigration bean(String name, Object bean) {
        beans.put(name, bean);
        return this;
    }

    /** Writes a file below {@code routes/}. */
    public TestMigration route(String name, String content) {
        try {
            var file = Path.of(settings.get("caravan.home"), "routes", name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Run.State run() {
        return run(false);
    }

    public Run.State run(boolean acceptChanges) {
        return run(acceptChanges, run -> {});
    }

    public Run.State run(boolean acceptChanges, Consumer<Run> tell) {
        var assembly = assembly();
        return assembly.inCamel(
                (camel, journey) -> new Migration(journey, assembly.ledgers).run(starter, acceptChanges, tell));
    }

    public Run.State verify() {
        var assembly = assembly();
        return assembly.inCamel((camel, journey) -> new Migration(journey, assembly.ledgers).verify(run -> {}));
    }

    public Run.State replay(Selection selection) {
        var assembly = assembly();
        return assembly.inCamel(
                (camel, journey) -> new Replay(journey, assembly.settings).replay(selection, run -> {}));
    }

    public RollbackResult rollback(boolean dryRun) {
        return assembly().inCamel((camel, journey) -> {
            var rollback = camel.getRegistry().lookupByNameAndType("rollback", Rollback.class);
            return dryRun ? rollback.dryRun() : rollback.rollback().orElseThrow();
        });
    }

    public CheckResult check() {
        var assembly = assembly();
        return assembly.inCamel((camel, journey) -> new Check(
                        assembly.settings,
                        assembly.runs(),
                        journey,
                        assembly.services(TargetRules.class),
                        assembly.services(TargetForecast.class))
                .check());
    }

    public Letters letters() {
        return new Letters(new LedgerAccess(settings()));
    }

    /** The same as a service: it goes on from run to run, and {@code routes/} of the folder is watched. */
    public TestService serve() {
        with("caravan.serve.watched", settings.get("caravan.home"));
        with("caravan.home", Path.of(settings.get("caravan.home"), "serving").toString());
        return new TestService(this);
    }

    /** Looks things up, tries mappings, writes reports. */
    public TestDesk desk() {
        return new TestDesk(assembly());
    }

    PlainAssembly assembly() {
        return assembly(current);
    }

    PlainAssembly assembly(CurrentRun current) {
        return new PlainAssembly(settings(), clock, current, progress, news, beans);
    }

    public Ledger ledger() {
        return new LedgerAccess(settings()).openReadOnly();
    }

    public Settings settings() {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .addDefaultInterceptors()
                .withMapping(Settings.class)
                .build()
                .getConfigMapping(Settings.class);
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                var copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
