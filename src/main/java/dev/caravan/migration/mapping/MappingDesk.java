package dev.caravan.migration.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.ledger.Ledger;
import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Migration;
import dev.caravan.migration.RunFactory;
import dev.caravan.migration.check.Rehearsal;
import dev.caravan.migration.look.SourceReading;
import dev.caravan.migration.look.Trip;
import dev.caravan.migration.road.Steps;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Link;
import dev.caravan.model.Origin;
import dev.caravan.model.Problem;
import dev.caravan.transform.mapping.Side;
import dev.caravan.transform.mapping.TargetRules;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes one record down the road with a template that somebody tries. Nothing of it is kept. */
@ApplicationScoped
public class MappingDesk {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int AT_ONCE = 2;
    private static final int MOST_CONVERSATIONS = 50;

    /** Characters of a record that is tried. */
    private static final int LONGEST = 2_000_000;

    private final MappingFiles files;
    private final LedgerAccess ledgers;
    private final RunFactory runs;
    private final SourceReading source;
    private final ObjectMapper json;
    private final InTime inTime = new InTime(LIMIT, AT_ONCE);

    public MappingDesk(
            MappingFiles files, LedgerAccess ledgers, RunFactory runs, SourceReading source, ObjectMapper json) {
        this.files = files;
        this.ledgers = ledgers;
        this.runs = runs;
        this.source = source;
        this.json = json;
    }

    /**
     * A record of the source, with what its reader knew beside it.
     *
     * @param conversation id or name of the one that a message is taken from; null for any
     * @param number of the record there, from 0
     * @throws Problem CRV-678 when there is none
     */
    public JsonNode sample(Kind kind, String conversation, int number) {
        return looking(look -> {
            var lanes = kind == Kind.MESSAGE ? conversations(look, conversation) : List.of(Lane.WHOLE);
            var picking = new Picking(number);
            for (var lane : lanes) {
                if (picking.found == null) {
                    source.read(look, kind, lane, Long.MIN_VALUE, picking::goesOn);
                }
            }
            if (picking.found == null) {
                throw new Problem("CRV-678", number);
            }
            return picking.found;
        });
    }

    /** Counts records until the one that is wanted. */
    private static final class Picking {
        private int left;
        private JsonNode found;

        Picking(int number) {
            this.left = number;
        }

        boolean goesOn(Batch batch) {
            if (left < batch.items().size()) {
                found = batch.items().get(left).source();
            }
            left -= batch.items().size();
            return found == null;
        }
    }

    private List<Lane> conversations(ActiveRun look, String wanted) {
        if (!look.byConversation()) {
            return List.of(Lane.WHOLE);
        }
        var ids = wanted == null || wanted.isBlank() ? known(look) : named(wanted.strip());
        return ids.stream().map(Lane::of).toList();
    }

    private List<String> named(String wanted) {
        var name = wanted.startsWith("#") ? wanted.substring(1) : wanted;
        var found = ledgers.findReadOnly();
        try (Ledger ledger = found.orElse(null)) {
            var links = found.map(one -> one.links().named(Kind.CHANNEL, name)).orElse(List.of());
            return links.isEmpty()
                    ? List.of(name)
                    : links.stream().map(Link::sourceId).toList();
        }
    }

    /** Before the first run nobody knows any: the source's own list is read. */
    private List<String> known(ActiveRun look) {
        var ids = new ArrayList<>(look.directory().conversations().stream()
                .map(Link::sourceId)
                .sorted()
                .limit(MOST_CONVERSATIONS)
                .toList());
        if (ids.isEmpty()) {
            source.read(look, Kind.CHANNEL, Lane.WHOLE, Long.MIN_VALUE, batch -> {
                batch.items().stream()
                        .map(item -> Trip.of(new Steps(look), Kind.CHANNEL, Lane.WHOLE, item)
                                .item()
                                .id())
                        .filter(id -> id != null)
                        .forEach(ids::add);
                return ids.size() < MOST_CONVERSATIONS;
            });
        }
        return ids;
    }

    /**
     * Maps a record with a template that is in no file yet, everything else as it serves now.
     *
     * @param record in the source's shape, as {@link #sample} gave it or changed since
     * @throws Problem CRV-679 when the record is no JSON object; CRV-676, CRV-677 when it takes too long
     */
    public Attempt attempt(MappingPlace place, String template, String record) {
        var tree = object(record);
        return inTime.call(() -> {
            try {
                var draft = files.draft(place, template);
                return looking(look -> tried(look.with(draft.in(look.mappings())), place, template, tree));
            } catch (Problem wrong) {
                return new Attempt(tree, null, null, List.of(), null, null, wrong, FieldTable.of(template, tree, null));
            }
        });
    }

    private Attempt tried(ActiveRun look, MappingPlace place, String template, ObjectNode record) {
        var kind = place.kind();
        var raw = record.deepCopy().without(List.of(Item.CONTEXT)).toString().getBytes(StandardCharsets.UTF_8);
        var channel = record.path(Item.CONTEXT).path("channel").asText("");
        var item = Item.read(new Origin("sample", kind.word(), 0, 0), raw, record);
        var trip = Trip.of(new Steps(look), kind, channel.isEmpty() ? Lane.WHOLE : Lane.of(channel), item);
        var reached = trip.item();
        var target = reached.target() == null ? null : mapped(look, kind, reached);
        var refused = trip.dead() && !trip.refused().isEmpty() ? trip.refused().get(0) : null;
        return new Attempt(
                record,
                reached.canonical(),
                target,
                reached.target() == null ? List.of() : reached.target().rules(),
                trip.filtered(),
                refused == null ? null : refused.cause() + ": " + refused.detail(),
                trip.problem(),
                place.side() == Side.FROM
                        ? FieldTable.of(template, record, reached.canonical())
                        : FieldTable.of(template, reached.linked(), target));
    }

    /** What the template itself answers: how the sink writes that down is not for people to read. */
    private static JsonNode mapped(ActiveRun look, Kind kind, Item item) {
        return look.mappings().hasTo(kind)
                ? look.mappings().to(kind, item.linked(), look.variables()).orElse(null)
                : null;
    }

    private ObjectNode object(String record) {
        try {
            if (record != null && record.length() <= LONGEST && json.readTree(record) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException broken) {
            throw new Problem(broken, "CRV-679");
        }
        throw new Problem("CRV-679");
    }

    /** The road over what the ledger knows; before the first run over nothing. */
    private <T> T looking(Function<ActiveRun, T> look) {
        var found = ledgers.findReadOnly();
        try (Ledger ledger = found.orElse(null)) {
            var last = found.flatMap(one -> one.runs().last(Migration.COMMAND));
            return look.apply(
                    last.isPresent()
                            ? runs.create(0, last.get(), ledger)
                            : runs.rehearse(directory -> new Rehearsal(directory, TargetRules.NONE, Optional.empty())));
        }
    }
}
