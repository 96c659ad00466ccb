package dev.caravan.connector.matrix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Origin;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Tally;

/**
 * Reads people, rooms, memberships and timelines through the public API, each room as one of those who are in it, never as
 * the application service that filled it. A lane is a room by its id; the whole is all rooms in the order of their names.
 */
final class MatrixReader {

    private static final int BATCH = 500;

    private final MatrixClient client;
    private final Index index;
    private final Kind kind;
    private final Lane lane;

    MatrixReader(MatrixClient client, Index index, ReadRequest request) {
        this.client = client;
        this.index = index;
        this.kind = request.kind();
        this.lane = request.lane();
    }

    BatchReader open() throws MatrixFailure {
        return switch (kind) {
            case USER -> new Records<>(index.all(Index.USER).iterator(), this::user);
            case CHANNEL -> new Records<>(rooms().iterator(), this::channel);
            case MEMBERSHIP -> {
                var bots = bots();
                yield new Records<ReadRoom>(rooms().iterator(), room -> memberships(room, bots));
            }
            case MESSAGE -> new Messages(rooms().iterator());
            case EMOJI -> BatchReader.NOTHING;
        };
    }

    private List<ReadRoom> rooms() throws MatrixFailure {
        var rooms = new ArrayList<ReadRoom>();
        for (var entry : entries()) {
            var room = entry == null ? null : room(entry);
            if (room != null) {
                rooms.add(room);
            }
        }
        rooms.sort(Comparator.comparing(ReadRoom::order));
        return rooms;
    }

    private List<JsonNode> entries() throws MatrixFailure {
        if (lane.conversations().isEmpty()) {
            return index.all(Index.ROOM);
        }
        var entries = new ArrayList<JsonNode>();
        for (var id : lane.conversations()) {
            entries.add(index.room(id));
        }
        return entries;
    }

    /** Null when it is no longer there. */
    private ReadRoom room(JsonNode entry) throws MatrixFailure {
        var id = entry.path("key").asText();
        var host = entry.path("host").asText();
        var members = new ArrayList<String>();
        try {
            client.get("/rooms/" + MatrixIds.encoded(id) + "/joined_members", host)
                    .path("joined")
                    .fieldNames()
                    .forEachRemaining(members::add);
        } catch (MatrixFailure failure) {
            if (failure.isDenied()) {
                return null;
            }
            throw failure;
        }
        members.remove(client.sender());
        var reader = members.stream()
                .filter(client.ids()::isOurs)
                .min(Comparator.naturalOrder())
                .orElse(host);
        var place = entry.path("place");
        return new ReadRoom(
                id, reader, place.path("type").asText(), place.path("name").asText(), members);
    }

    private List<ObjectNode> user(JsonNode entry) throws MatrixFailure {
        var user = entry.path("key").asText();
        var record = JsonNodeFactory.instance.objectNode().put("user", user);
        record.set("profile", client.get("/profile/" + MatrixIds.encoded(user), null));
        return List.of(with(
                record,
                JsonNodeFactory.instance.objectNode().put("name", client.ids().nameOf(user))));
    }

    private List<ObjectNode> channel(ReadRoom room) throws MatrixFailure {
        var record = JsonNodeFactory.instance.objectNode().put("room", room.id());
        for (var field : List.of("name", "topic")) {
            var value = room.state(client, "m.room." + field).path(field);
            if (!value.asText("").isEmpty()) {
                record.set(field, value);
            }
        }
        if (room.state(client, Room.MARK).path("archived").asBoolean()) {
            record.put("archived", true);
        }
        return List.of(with(record, room.context(client.ids())));
    }

    /** Bots are in rooms as far as they speak there, which is no membership. */
    private Set<String> bots() throws MatrixFailure {
        var bots = new HashSet<String>();
        for (var entry : index.all(Index.USER)) {
            if (entry.path("bot").asBoolean()) {
                bots.add(entry.path("key").asText());
            }
        }
        return bots;
    }

    private List<ObjectNode> memberships(ReadRoom room, Set<String> bots) throws MatrixFailure {
        if (room.type().equals("direct")) {
            return List.of();
        }
        var levels = room.state(client, "m.room.power_levels").path("users");
        var records = new ArrayList<ObjectNode>();
        for (var user : room.members()) {
            if (bots.contains(user)) {
                continue;
            }
            var record = JsonNodeFactory.instance
                    .objectNode()
                    .put("user", user)
                    .put("power", levels.path(user).asInt());
            var context = room.context(client.ids()).put("user", client.ids().nameOf(user));
            context.remove("members");
            records.add(with(record, context));
        }
        return records;
    }

    private static ObjectNode with(ObjectNode record, ObjectNode context) {
        record.set(Item.CONTEXT, context);
        return record;
    }

    private static Item item(ObjectNode record, String where, long index) {
        return Item.read(
                new Origin("matrix", where, index, -1),
                record.deepCopy().without(List.of(Item.CONTEXT)).toString().getBytes(StandardCharsets.UTF_8),
                record);
    }

    private interface Reading<T> {
        List<ObjectNode> of(T entry) throws MatrixFailure;
    }

    private Problem unreadable(MatrixFailure failure) {
        return new Problem(failure, "CRV-456", client.url(), failure.getMessage());
    }

    /** Records made of entries, some of each. */
    private final class Records<T> implements BatchReader {

        private final Iterator<T> entries;
        private final Reading<T> reading;
        private long read;

        Records(Iterator<T> entries, Reading<T> reading) {
            this.entries = entries;
            this.reading = reading;
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public Batch next() {
            var items = new ArrayList<Item>();
            try {
                while (entries.hasNext() && items.size() < BATCH) {
                    for (var record : reading.of(entries.next())) {
                        items.add(item(record, kind.word(), read++));
                    }
                }
            } catch (MatrixFailure failure) {
                throw unreadable(failure);
            }
            return Batch.read(kind, lane, Long.toString(read), null, items, List.of());
        }

        @Override
        public void close() {
            // nothing is open between two batches
        }
    }

    /** The messages of all rooms. */
    private final class Messages implements BatchReader {

        private final Iterator<ReadRoom> rooms;
        private Timeline timeline;
        private long read;

        Messages(Iterator<ReadRoom> rooms) {
            this.rooms = rooms;
        }

        @Override
        public boolean hasNext() {
            try {
                while (timeline == null || !timeline.hasNext()) {
                    if (!rooms.hasNext()) {
                        return false;
                    }
                    timeline = new Timeline(client, rooms.next());
                }
                return true;
            } catch (MatrixFailure failure) {
                throw unreadable(failure);
            }
        }

        @Override
        public Batch next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            var items = new ArrayList<Item>();
            var findings = new ArrayList<Finding>();
            long pieces = 0;
            try {
                while (timeline.hasNext() && items.size() < BATCH) {
                    var message = timeline.next();
                    pieces += message.path("pieces").size() - 1;
                    unverifiable(message, findings);
                    items.add(item(message, timeline.room().id(), read++));
                }
            } catch (MatrixFailure failure) {
                throw unreadable(failure);
            }
            return Batch.read(kind, lane, Long.toString(read), null, items, List.of())
                    .plusFindings(findings)
                    .plusTally(Tally.NONE.plus(kind.word(), Tally.What.MERGED, pieces));
        }

        private void unverifiable(ObjectNode message, List<Finding> findings) {
            var id = message.at("/pieces/0/content/" + MatrixShape.ID).asText();
            message.path(Item.CONTEXT)
                    .path("unverifiable")
                    .forEach(file -> findings.add(new Finding("unverifiable", kind.word(), id, file.asText())));
        }

        @Override
        public void close() {
            // nothing is open between two batches
        }
    }
}
