package dev.caravan.migration;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;
import dev.caravan.migration.approval.ApprovalRules;
import dev.caravan.migration.camel.Capabilities;
import dev.caravan.migration.camel.Connector;
import dev.caravan.migration.camel.Cost;
import dev.caravan.migration.camel.KameletDefinition;
import dev.caravan.migration.notify.Channels;
import dev.caravan.migration.road.Books;
import dev.caravan.migration.road.LedgerBooks;
import dev.caravan.migration.road.Scope;
import dev.caravan.migration.road.StopRules;
import dev.caravan.migration.road.TargetBreaker;
import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import dev.caravan.model.Problem;
import dev.caravan.transform.cleanse.Cleansing;
import dev.caravan.transform.link.Directory;
import dev.caravan.transform.link.IdentityMaps;
import dev.caravan.transform.link.LinkPolicy;
import dev.caravan.transform.link.Linker;
import dev.caravan.transform.link.TargetNames;
import dev.caravan.transform.link.TargetText;
import dev.caravan.transform.mapping.MappingFunctions;
import dev.caravan.transform.mapping.MappingStep;
import dev.caravan.transform.mapping.Mappings;
import dev.caravan.transform.mapping.TargetShape;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;

/** Puts together what a run fixes at its start: files, settings and what the ledger knows. */
@ApplicationScoped
public class RunFactory {

    /** One lane asks so often whether a target takes anything again. */
    private static final Duration LONGEST_BREAK = Duration.ofSeconds(10);

    private final Settings settings;
    private final ObjectMapper json;
    private final List<MappingFunctions> functions;
    private final List<TargetNames> names;
    private final List<TargetShape> shapes;
    private final List<TargetText> texts;
    private final Clock clock;

    public RunFactory(
            Settings settings,
            ObjectMapper json,
            @All List<MappingFunctions> functions,
            @All List<TargetNames> names,
            @All List<TargetShape> shapes,
            @All List<TargetText> texts,
            Clock clock) {
        this.settings = settings;
        this.json = json;
        this.functions = functions;
        this.names = names;
        this.shapes = shapes;
        this.texts = texts;
        this.clock = clock;
    }

    /** Reads every file once, so that a mistake in one is told before a ledger is made or a run begun. */
    public void check() {
        problems().stream().findFirst().ifPresent(problem -> {
            throw problem;
        });
    }

    /** All mistakes in settings, routes, mappings, rules and map files that can be found without reading the source. */
    public List<Problem> problems() {
        var routes = settings.home().resolve("routes");
        var source = settings.source().kind();
        var sink = settings.sink().kind();
        return Stream.<Runnable>of(
                        () -> Connector.source(settings, routes),
                        this::sink,
                        () -> Mappings.load(routes, source, sink, functions),
                        () -> Cleansing.load(routes, Instant.EPOCH),
                        () -> IdentityMapFiles.read(settings),
                        this::schedule,
                        () -> ApprovalRules.of(settings.approval()),
                        () -> Channels.check(settings),
                        () -> Filters.scope(settings, IdentityMaps.NONE, new Directory(List.of())))
                .flatMap(attempt -> problem(attempt).stream())
                .toList();
    }

    /**
     * @throws Problem CRV-202, 203, 551 for settings the sink does not have; 445 for an order it does not take; 446, 448 for an
     *     annotation that cannot be understood
     */
    private void sink() {
        var routes = settings.home().resolve("routes");
        var kind = settings.sink().kind();
        var properties = Connector.sink(settings, routes).all();
        Cost.of(KameletDefinition.get(routes, kind + "-sink"), properties);
        var order = Capabilities.of(kind, routes).order();
        if (order == Capabilities.Order.FIXED && settings.order() == Settings.Order.RECENT_FIRST) {
            throw new Problem("CRV-445", kind);
        }
    }

    /** @throws Problem CRV-220 to CRV-226 for one that cannot be understood */
    public Schedule schedule() {
        return Schedule.of(settings, clock);
    }

    private static Optional<Problem> problem(Runnable attempt) {
        try {
            attempt.run();
            return Optional.empty();
        } catch (Problem problem) {
            return Optional.of(problem);
        }
    }

    /**
     * @param number of the run
     * @param account the run whose account is written and whose beginning rules of time go by: this one, or for a replay
     *     the one it completes
     */
    public ActiveRun create(int number, Run account, Ledger ledger) {
        var links = new ArrayList<Link>(ledger.links().ofKind(Kind.USER));
        links.addAll(ledger.links().ofKind(Kind.CHANNEL));
        var directory = new Directory(links);
        var text = only(texts, TargetText::sinkKind, settings.sink().kind()).orElse(TargetText.AS_IS);
        var sink = Capabilities.of(settings.sink().kind(), settings.home().resolve("routes"));
        var stopRules = new StopRules(settings.stop());
        return assemble(
                number,
                account.started(),
                ledger,
                directory,
                new LedgerBooks(ledger, account.id(), directory, text, sink, stopRules),
                stopRules);
    }

    /**
     * A run that keeps nothing and begins with nothing known.
     *
     * @param books for a directory that fills while it goes on
     */
    public ActiveRun rehearse(Function<Directory, Books> books) {
        var directory = new Directory(List.of());
        return assemble(0, Instant.now(), null, directory, books.apply(directory), new StopRules(settings.stop()));
    }

    private ActiveRun assemble(
            int number, Instant began, Ledger ledger, Directory directory, Books books, StopRules stopRules) {
        var routes = settings.home().resolve("routes");
        var source = Connector.source(settings, routes);
        var sink = Connector.sink(settings, routes);
        var mappings = Mappings.load(routes, source.kind(), sink.kind(), functions);
        var maps = IdentityMapFiles.read(settings);
        var targetNames = only(names, TargetNames::sinkKind, sink.kind()).orElse(TargetNames.SOURCE_IDS);
        var scope = Filters.scope(settings, maps, directory);
        return new ActiveRun(
                number,
                source.kind(),
                ledger,
                directory,
                Cleansing.load(routes, began),
                mappings,
                new MappingStep(mappings),
                books.shape(only(shapes, TargetShape::sinkKind, sink.kind()).orElse(TargetShape.JSON)),
                scope,
                new Linker(directory, targetNames, maps, books.roots(), policy(scope)),
                Capabilities.of(sink.kind(), routes),
                books.opening(),
                books.answers(),
                books.committing(),
                variables(source, sink, routes),
                source.has("-context-action"),
                KameletDefinition.get(routes, source.kind() + "-read-action").undivided(),
                sealInputs(sink),
                schedule(),
                stopRules,
                breaker(),
                new AtomicReference<>());
    }

    private TargetBreaker breaker() {
        var delivery = settings.delivery();
        var delay = delivery.longestWait().compareTo(LONGEST_BREAK) < 0 ? delivery.longestWait() : LONGEST_BREAK;
        return new TargetBreaker(Math.max(1, delivery.breakAfter()), delay);
    }

    /** What was imported shapes a seal only when there is something new for it. */
    private static String sealInputs(Connector sink) {
        if (!sink.has("-seal-action")) {
            return null;
        }
        var properties = new TreeMap<>(sink.properties().get(sink.kind() + "-seal-action"));
        properties.remove(ImportMark.PROPERTY);
        return RunFingerprint.hash(properties.toString());
    }

    private static <T> Optional<T> only(List<T> all, Function<T, String> kind, String wanted) {
        return all.stream().filter(one -> kind.apply(one).equals(wanted)).findFirst();
    }

    private LinkPolicy policy(Scope scope) {
        return new LinkPolicy(
                settings.missingAuthor() == Settings.Missing.PLACEHOLDER,
                settings.orphanReply() == Settings.Missing.PLACEHOLDER,
                scope::inDates);
    }

    private Map<String, JsonNode> variables(Connector source, Connector sink, Path routes) {
        return Map.of("source", json.valueToTree(source.open(routes)), "sink", json.valueToTree(sink.open(routes)));
    }
}
