package dev.caravan.migration.verification;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.ledger.Inventory.Entry;
import dev.caravan.ledger.Ledger;
import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Progress;
import dev.caravan.migration.Settings;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Problem;
import dev.caravan.model.Target;
import dev.caravan.transform.mapping.MappingFunctions;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.CamelContext;
import org.jboss.logging.Logger;

/**
 * The people, conversations and memberships of a live target: listed before the first run, and looked at again after a
 * rollback. Messages are not listed: a target may hold millions of others'.
 */
@ApplicationScoped
@Named("inventory")
public class TargetInventory {

    private static final Logger LOG = Logger.getLogger(TargetInventory.class);
    private static final List<Kind> LISTED = List.of(Kind.USER, Kind.CHANNEL, Kind.MEMBERSHIP);
    private static final int ENTRIES = 1000;
    private static final Map<String, JsonNode> NO_VARIABLES =
            Map.of("source", JsonNodeFactory.instance.objectNode(), "sink", JsonNodeFactory.instance.objectNode());

    private final Settings settings;
    private final List<MappingFunctions> functions;
    private final CurrentRun current;
    private final Progress progress;
    private final CamelContext camel;

    public TargetInventory(
            Settings settings,
            @All List<MappingFunctions> functions,
            CurrentRun current,
            Progress progress,
            CamelContext camel) {
        this.settings = settings;
        this.functions = functions;
        this.current = current;
        this.progress = progress;
        this.camel = camel;
    }

    /** The first phase of a run: lists what stands on the target, as long as no run has changed it. */
    public void take() {
        if (!isDue()) {
            return;
        }
        var run = current.get();
        var ledger = run.ledger();
        run.phase("inventory");
        progress.phase("inventory");
        ledger.inventory().begin();
        try {
            if (read(ledger.inventory()::add)) {
                ledger.inventory().complete();
            }
        } catch (Problem unreadable) {
            // A run needs no list; what lacks it is told by the rollback.
            LOG.warn(new Problem("CRV-444", unreadable.getMessage()).getMessage());
        }
    }

    /** Whether the target is still to be listed. */
    public boolean isDue() {
        var ledger = current.get().ledger();
        return current.get().sink().live()
                && !ledger.inventory().taken()
                && ledger.journal().counts().isEmpty();
    }

    /** What the ledger knows to be made by runs; to be asked before a rollback makes it forget. */
    public void noteMade() {
        var ledger = current.get().ledger();
        if (ledger.inventory().taken()) {
            var pages = new Pages(ledger.inventory()::made);
            made(ledger, pages::add);
            pages.end();
        }
    }

    private static void made(Ledger ledger, Consumer<Entry> entries) {
        for (var kind : List.of(Kind.USER, Kind.CHANNEL)) {
            try (var links = ledger.links().stream(kind)) {
                links.forEachRemaining(link -> {
                    if (!link.leftOut()) {
                        entries.accept(new Entry(kind, DirectoryComparison.withoutType(link.target()), null));
                    }
                });
            }
        }
        new KnownMemberships(ledger)
                .forEach((user, channel) -> entries.accept(new Entry(Kind.MEMBERSHIP, channel + "/" + user, null)));
    }

    /** After a rollback. Empty when the target was not listed before the first run, or the run is to stop. */
    public Optional<InventoryComparison> compare() {
        var inventory = current.get().ledger().inventory();
        if (!inventory.taken()) {
            return Optional.empty();
        }
        var comparison = new InventoryComparison.Building(inventory);
        return read(comparison::found) ? Optional.of(comparison.end()) : Optional.empty();
    }

    /** @return whether it came to the end; false when the target cannot be read back, or the run is to stop */
    private boolean read(Consumer<List<Entry>> entries) {
        var target = TargetReader.of(settings, functions, camel, Map.of());
        if (target.isEmpty()) {
            return false;
        }
        try (var reader = target.get()) {
            for (var kind : LISTED) {
                if (reader.reads(kind) && !read(kind, reader, entries)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean read(Kind kind, TargetReader reader, Consumer<List<Entry>> entries) {
        try (var batches = reader.open(kind, Lane.WHOLE)) {
            while (batches.hasNext()) {
                if (current.get().stopping()) {
                    return false;
                }
                entries.accept(reader.mapping().toCanonical(batches.next(), item -> NO_VARIABLES).items().stream()
                        .map(Item::canonical)
                        .map(record -> new Entry(kind, name(kind, record), hash(record)))
                        .toList());
            }
        }
        return true;
    }

    private static String name(Kind kind, ObjectNode record) {
        return switch (kind) {
            case CHANNEL -> DirectoryComparison.place(record);
            case MEMBERSHIP -> record.path("channel").asText() + "/"
                    + record.path("user").asText();
            default -> record.path("id").asText();
        };
    }

    private static String hash(ObjectNode record) {
        var written = record.toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Target.of(written, 1, List.of()).hash());
    }

    /** Entries, some at a time. */
    private static final class Pages {

        private final Consumer<List<Entry>> write;
        private final List<Entry> page = new ArrayList<>();

        Pages(Consumer<List<Entry>> write) {
            this.write = write;
        }

        void add(Entry entry) {
            page.add(entry);
            if (page.size() == ENTRIES) {
                end();
            }
        }

        void end() {
            write.accept(List.copyOf(page));
            page.clear();
        }
    }
}
