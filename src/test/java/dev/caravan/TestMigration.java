package dev.caravan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.connector.mattermost.MattermostPackage;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerAddress;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Expected;
import dev.caravan.migration.Journey;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Migration;
import dev.caravan.migration.Pausing;
import dev.caravan.migration.Phases;
import dev.caravan.migration.Progress;
import dev.caravan.migration.RunByteRepair;
import dev.caravan.migration.RunFactory;
import dev.caravan.migration.RunNews;
import dev.caravan.migration.Settings;
import dev.caravan.migration.approval.ApprovalGate;
import dev.caravan.migration.approval.Approving;
import dev.caravan.migration.camel.CamelStarter;
import dev.caravan.migration.camel.LaneWorkers;
import dev.caravan.migration.check.Check;
import dev.caravan.migration.check.CheckResult;
import dev.caravan.migration.find.Answer;
import dev.caravan.migration.find.Finder;
import dev.caravan.migration.find.Permalinks;
import dev.caravan.migration.letters.Letters;
import dev.caravan.migration.letters.Replay;
import dev.caravan.migration.letters.Selection;
import dev.caravan.migration.look.SourceReading;
import dev.caravan.migration.mapping.MappingDesk;
import dev.caravan.migration.mapping.MappingFiles;
import dev.caravan.migration.notify.StaffNotices;
import dev.caravan.migration.people.PeopleDesk;
import dev.caravan.migration.people.UserMap;
import dev.caravan.migration.reload.FolderCheck;
import dev.caravan.migration.report.Reports;
import dev.caravan.migration.road.Gate;
import dev.caravan.migration.road.Halving;
import dev.caravan.migration.road.Road;
import dev.caravan.migration.road.Settling;
import dev.caravan.migration.rollback.PackageRollback;
import dev.caravan.migration.rollback.Rollback;
import dev.caravan.migration.rollback.RollbackResult;
import dev.caravan.migration.sample.SampledMessage;
import dev.caravan.migration.sample.Samples;
import dev.caravan.migration.verification.TargetInventory;
import dev.caravan.migration.verification.Verification;
import dev.caravan.model.Words;
import dev.caravan.transform.link.TargetNames;
import dev.caravan.transform.link.TargetText;
import dev.caravan.transform.mapping.MappingFunctions;
import dev.caravan.transform.mapping.TargetForecast;
import dev.caravan.transform.mapping.TargetRules;
import dev.caravan.transform.mapping.TargetShape;
import dev.caravan.transport.ElementCount;
import dev.caravan.transport.LatestDays;
import dev.caravan.transport.LiveSink;
import dev.caravan.transport.SinkStage;
import dev.caravan.transport.SourceAddresses;
import dev.caravan.transport.TargetPlaces;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.apache.camel.impl.DefaultCamelContext;

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
        return travel(
                journey -> new Migration(journey, new LedgerAccess(settings())).run(starter, acceptChanges, tell));
    }

    public Run.State replay(Selection selection) {
        return travel(journey -> new Replay(journey, settings()).replay(selection, run -> {}));
    }

    public RollbackResult rollback(boolean dryRun) {
        return inCamel(current, (camel, journey) -> {
            var rollback = camel.getRegistry().lookupByNameAndType("rollback", Rollback.class);
            return dryRun ? rollback.dryRun() : rollback.rollback().orElseThrow();
        });
    }

    public Letters letters() {
        return new Letters(new LedgerAccess(settings()));
    }

    /** Writes a sample of messages side by side; returns its page. */
    public Path sample(int number, long seed) {
        return travel((journey, runs) ->
                new Samples(settings(), new LedgerAccess(settings()), journey).write(number, seed, Words.ENGLISH));
    }

    /** Drafts who is who; see {@link PeopleDesk#drafting}. */
    public PeopleDesk people(byte[] list) {
        return travel((journey, runs) -> {
            var map = new UserMap(settings(), services(new Connectors(), TargetNames.class));
            var desk = new PeopleDesk(new LedgerAccess(settings()), journey, map, settings());
            desk.drafting(list).get();
            return desk;
        });
    }

    public StaffNotices staffNotices() {
        var all = settings();
        return new StaffNotices(all, new LedgerAccess(all), services(new Connectors(), TargetRules.class));
    }

    /** Looks something up. */
    public Answer find(Function<Finder, Answer> question) {
        var all = settings();
        var connectors = new Connectors();
        return inCamel(
                current,
                (camel, journey) -> question.apply(new Finder(
                        all,
                        new LedgerAccess(all),
                        runs(all, connectors),
                        new SourceReading(
                                current,
                                new PlainStart(camel, all),
                                camel,
                                services(connectors, SourceAddresses.class)),
                        services(connectors, SourceAddresses.class),
                        services(connectors, TargetPlaces.class))));
    }

    /** Tries and changes templates. */
    public <T> T mappings(BiFunction<MappingFiles, MappingDesk, T> work) {
        var all = settings();
        var connectors = new Connectors();
        return inCamel(current, (camel, journey) -> {
            var starter = new PlainStart(camel, all);
            var functions = services(connectors, MappingFunctions.class);
            var files = new MappingFiles(all, new FolderCheck(all, camel, functions), functions);
            var source = new SourceReading(current, starter, camel, services(connectors, SourceAddresses.class));
            return work.apply(
                    files,
                    new MappingDesk(files, new LedgerAccess(all), runs(all, connectors), source, new ObjectMapper()));
        });
    }

    /** The table of old and new addresses. */
    public String permalinks(String site) {
        var all = settings();
        var table = new ByteArrayOutputStream();
        new Permalinks(
                        all,
                        new LedgerAccess(all),
                        services(new Connectors(), SourceAddresses.class),
                        services(new Connectors(), TargetPlaces.class))
                .write(site, table);
        return table.toString(StandardCharsets.UTF_8);
    }

    /** The same messages, in memory. */
    public List<SampledMessage> drawn(int number, long seed) {
        return travel((journey, runs) -> new Samples(settings(), new LedgerAccess(settings()), journey)
                .draw(number, seed)
                .messages());
    }

    public CheckResult check() {
        var all = settings();
        return travel((journey, runs) -> new Check(
                        all,
                        runs,
                        journey,
                        services(new Connectors(), TargetRules.class),
                        services(new Connectors(), TargetForecast.class))
                .check());
    }

    private Run.State travel(Function<Journey, Run.State> command) {
        return travel((journey, runs) -> command.apply(journey));
    }

    private <T> T travel(BiFunction<Journey, RunFactory, T> command) {
        return inCamel(current, (camel, journey) -> command.apply(journey, runs(settings(), new Connectors())));
    }

    private <T> T inCamel(CurrentRun current, BiFunction<DefaultCamelContext, Journey, T> command) {
        var all = settings();
        var workers = new LaneWorkers(all);
        try (var camel = new DefaultCamelContext()) {
            return command.apply(
                    camel, journey(camel, all, new Connectors(), workers, current, new PlainStart(camel, all)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            workers.close();
        }
    }

    /** The same as a service: it goes on from run to run, and {@code routes/} of the folder is watched. */
    public TestService serve() {
        with("caravan.serve.watched", settings.get("caravan.home"));
        with("caravan.home", Path.of(settings.get("caravan.home"), "serving").toString());
        return new TestService(this);
    }

    Journey journey(
            DefaultCamelContext camel,
            Settings all,
            Connectors connectors,
            LaneWorkers workers,
            CurrentRun current,
            CamelStarter starter) {
        beans.forEach(camel.getRegistry()::bind);
        camel.getRegistry().bind("mattermostStage", connectors.mattermostStage);
        camel.getRegistry().bind("jdbcSink", connectors.jdbcSink);
        camel.getRegistry().bind("matrixSink", connectors.matrixSink);
        camel.getRegistry().bind("agoraChatSink", connectors.agoraChatSink);
        camel.getRegistry().bind("road", new Road(current, progress));
        camel.getRegistry()
                .bind(
                        "phases",
                        new Phases(
                                current,
                                all,
                                progress,
                                new Expected(all, current, services(connectors, ElementCount.class)),
                                services(connectors, LatestDays.class)));
        camel.getRegistry().bind("halving", new Halving());
        camel.getRegistry().bind("settling", new Settling(current, all, progress));
        camel.getRegistry().bind("gate", new Gate(current, progress));
        camel.getRegistry().bind("laneWorkers", workers.pool());
        camel.getRegistry().bind("byteRepair", new RunByteRepair(current));
        camel.getRegistry().bind("mattermostPackage", new MattermostPackage());
        camel.getRegistry()
                .bind(
                        "verification",
                        new Verification(
                                all,
                                services(connectors, MappingFunctions.class),
                                services(connectors, TargetText.class),
                                services(connectors, ElementCount.class),
                                current,
                                camel));
        var ledgers = new LedgerAccess(all);
        var journey = new Journey(
                all,
                ledgers,
                runs(all, connectors),
                services(connectors, SinkStage.class),
                Stream.concat(
                                services(connectors, LiveSink.class).stream(),
                                beans.values().stream()
                                        .filter(LiveSink.class::isInstance)
                                        .map(LiveSink.class::cast))
                        .toList(),
                current,
                progress,
                starter,
                camel,
                news);
        var packages = new PackageRollback(all, ledgers, services(connectors, SinkStage.class));
        var inventory =
                new TargetInventory(all, services(connectors, MappingFunctions.class), current, progress, camel);
        camel.getRegistry().bind("inventory", inventory);
        camel.getRegistry().bind("approval", new ApprovalGate(current, all, progress, inventory, news));
        camel.getRegistry().bind("rollback", new Rollback(all, journey, ledgers, packages, inventory));
        return journey;
    }

    private RunFactory runs(Settings all, Connectors connectors) {
        return new RunFactory(
                all,
                new ObjectMapper(),
                services(connectors, MappingFunctions.class),
                services(connectors, TargetNames.class),
                services(connectors, TargetShape.class),
                services(connectors, TargetText.class),
                clock);
    }

    /** Writes the report on the last run; returns its page. */
    public Path report(Words words) {
        return reports().write(Migration.COMMAND, words);
    }

    /** Writes the report on a run that is just being completed; returns its page. */
    public Path report(Run run, Words words) {
        return reports().write(run, words);
    }

    private Reports reports() {
        var all = settings();
        return new Reports(all, new LedgerAccess(all), services(new Connectors(), TargetRules.class));
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

    /** The connectors' contributions, which CDI finds in the application. */
    static <T> List<T> services(Connectors connectors, Class<T> type) {
        return connectors.all().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
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
