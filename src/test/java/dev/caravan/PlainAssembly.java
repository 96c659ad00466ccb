package dev.caravan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.connector.mattermost.MattermostPackage;
import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Expected;
import dev.caravan.migration.Journey;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Phases;
import dev.caravan.migration.Progress;
import dev.caravan.migration.RunByteRepair;
import dev.caravan.migration.RunFactory;
import dev.caravan.migration.RunNews;
import dev.caravan.migration.Settings;
import dev.caravan.migration.approval.ApprovalGate;
import dev.caravan.migration.camel.CamelStarter;
import dev.caravan.migration.camel.LaneWorkers;
import dev.caravan.migration.look.SourceReading;
import dev.caravan.migration.road.Gate;
import dev.caravan.migration.road.Halving;
import dev.caravan.migration.road.Road;
import dev.caravan.migration.road.Settling;
import dev.caravan.migration.rollback.PackageRollback;
import dev.caravan.migration.rollback.Rollback;
import dev.caravan.migration.verification.TargetInventory;
import dev.caravan.migration.verification.Verification;
import dev.caravan.transform.link.TargetNames;
import dev.caravan.transform.link.TargetText;
import dev.caravan.transform.mapping.MappingFunctions;
import dev.caravan.transform.mapping.TargetShape;
import dev.caravan.transport.ElementCount;
import dev.caravan.transport.LatestDays;
import dev.caravan.transport.LiveSink;
import dev.caravan.transport.SinkStage;
import dev.caravan.transport.SourceAddresses;
import org.apache.camel.impl.DefaultCamelContext;

/** Puts a migration together in a plain Camel context, as CDI does it in the application. */
final class PlainAssembly {

    final Settings settings;
    final LedgerAccess ledgers;
    private final Connectors connectors = new Connectors();
    private final Clock clock;
    private final CurrentRun current;
    private final Progress progress;
    private final List<RunNews> news;
    private final Map<String, Object> beans;

    PlainAssembly(
            Settings settings,
            Clock clock,
            CurrentRun current,
            Progress progress,
            List<RunNews> news,
            Map<String, Object> beans) {
        this.settings = settings;
        this.ledgers = new LedgerAccess(settings);
        this.clock = clock;
        this.current = current;
        this.progress = progress;
        this.news = news;
        this.beans = beans;
    }

    /** What the connectors contribute. */
    <T> List<T> services(Class<T> type) {
        return connectors.all().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    <T> T inCamel(BiFunction<DefaultCamelContext, Journey, T> command) {
        var workers = new LaneWorkers(settings);
        try (var camel = new DefaultCamelContext()) {
            return command.apply(camel, journey(camel, workers, new PlainStart(camel, settings)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            workers.close();
        }
    }

    Journey journey(DefaultCamelContext camel, LaneWorkers workers, CamelStarter starter) {
        bindSteps(camel, workers);
        var journey = new Journey(
                settings,
                ledgers,
                runs(),
                services(SinkStage.class),
                liveSinks(),
                current,
                progress,
                starter,
                camel,
                news);
        var packages = new PackageRollback(settings, ledgers, services(SinkStage.class));
        var inventory = new TargetInventory(settings, services(MappingFunctions.class), current, progress, camel);
        camel.getRegistry().bind("inventory", inventory);
        camel.getRegistry().bind("approval", new ApprovalGate(current, settings, progress, inventory, news));
        camel.getRegistry().bind("rollback", new Rollback(settings, journey, ledgers, packages, inventory));
        return journey;
    }

    /** The beans that the routes call. */
    private void bindSteps(DefaultCamelContext camel, LaneWorkers workers) {
        var registry = camel.getRegistry();
        beans.forEach(registry::bind);
        registry.bind("mattermostStage", connectors.mattermostStage);
        registry.bind("jdbcSink", connectors.jdbcSink);
        registry.bind("matrixSink", connectors.matrixSink);
        registry.bind("agoraChatSink", connectors.agoraChatSink);
        registry.bind("road", new Road(current, progress));
        registry.bind(
                "phases",
                new Phases(
                        current,
                        settings,
                        progress,
                        new Expected(settings, current, services(ElementCount.class)),
                        services(LatestDays.class)));
        registry.bind("halving", new Halving());
        registry.bind("settling", new Settling(current, settings, progress));
        registry.bind("gate", new Gate(current, progress));
        registry.bind("laneWorkers", workers.pool());
        registry.bind("byteRepair", new RunByteRepair(current));
        registry.bind("mattermostPackage", new MattermostPackage());
        registry.bind(
                "verification",
                new Verification(
                        settings,
                        services(MappingFunctions.class),
                        services(TargetText.class),
                        services(ElementCount.class),
                        current,
                        camel));
    }

    private List<LiveSink> liveSinks() {
        return Stream.concat(services(LiveSink.class).stream(), beans.values().stream())
                .filter(LiveSink.class::isInstance)
                .map(LiveSink.class::cast)
                .toList();
    }

    RunFactory runs() {
        return new RunFactory(
                settings,
                new ObjectMapper(),
                services(MappingFunctions.class),
                services(TargetNames.class),
                services(TargetShape.class),
                services(TargetText.class),
                clock);
    }

    /** Reads the source again, beside a run. */
    SourceReading source(DefaultCamelContext camel) {
        return new SourceReading(current, new PlainStart(camel, settings), camel, services(SourceAddresses.class));
    }
}
