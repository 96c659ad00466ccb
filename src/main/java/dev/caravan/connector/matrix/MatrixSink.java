package dev.caravan.connector.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import dev.caravan.transport.LiveSink;
import dev.caravan.transport.TargetIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Body;

/**
 * Writes into a Matrix homeserver as an application service: each message by its author and with its time. A room's
 * timeline is in the order of insertion, so a lane is sent oldest first, one event after the other.
 */
@ApplicationScoped
@Named("matrixSink")
public class MatrixSink implements LiveSink {

    private static final System.Logger LOG = System.getLogger("dev.caravan.connector.matrix");

    private final ObjectMapper json = JsonMapper.builder().build();
    private Session session;

    /** What is open between {@link #open} and {@link #close}. */
    private record Session(
            MatrixSettings settings,
            MatrixClient client,
            Rooms rooms,
            People people,
            Conversations conversations,
            Memberships memberships,
            Messages messages,
            LookUp lookUp,
            Index index) {

        static Session of(MatrixSettings settings, TargetIds ids) {
            var client = new MatrixClient(settings, () -> 1);
            var rooms = new Rooms(client);
            var index = new Index(client, rooms);
            return new Session(
                    settings,
                    client,
                    rooms,
                    new People(client, index),
                    new Conversations(client, rooms, index),
                    new Memberships(rooms),
                    new Messages(client, rooms, ids, settings.files()),
                    new LookUp(client),
                    index);
        }
    }

    @Override
    public String sinkKind() {
        return MatrixNames.SINK;
    }

    /** @throws Problem CRV-450 to CRV-452 for settings that cannot be */
    @Override
    public synchronized void open(Map<String, String> properties, TargetIds ids) {
        close();
        session = Session.of(MatrixSettings.of(properties), ids);
    }

    @Override
    public synchronized void close() {
        if (session != null) {
            session.client().close();
            session = null;
        }
    }

    private synchronized Session session() {
        if (session == null) {
            throw new IllegalStateException("the sink is not open");
        }
        return session;
    }

    /** Sends a batch of one kind. What follows a record that did not surely arrive is not sent. */
    public Batch deliver(@Body Batch batch) {
        var session = session();
        var done = new ArrayList<Item>(batch.items().size());
        var visited = new LinkedHashMap<Room, Long>();
        var inBatch = new HashMap<String, String>();
        boolean stopped = false;
        for (var item : batch.items()) {
            if (stopped) {
                done.add(item.withOutcome(new Outcome.Retry(Duration.ZERO)));
                continue;
            }
            var outcome = one(session, batch.kind(), item, Map.of(), inBatch, visited);
            stopped = outcome instanceof Outcome.Retry || outcome instanceof Outcome.Unknown;
            done.add(item.withOutcome(outcome));
        }
        leave(session, visited);
        return batch.withItems(done);
    }

    /**
     * Looks for messages in doubt; of one that is there in part, the rest is sent. Everything else may be sent again as often
     * as one likes.
     */
    public Batch lookUp(@Body Batch batch) {
        if (batch.kind() != Kind.MESSAGE) {
            return batch;
        }
        var session = session();
        var visited = new LinkedHashMap<Room, Long>();
        var inBatch = new HashMap<String, String>();
        var found = new HashMap<String, Map<String, String>>();
        var unsure = new HashSet<String>();
        idsByRoom(batch).forEach((room, ids) -> {
            try {
                var payload = payload(room);
                found.putAll(session.lookUp().find(session.messages().room(payload), ids));
            } catch (MatrixFailure failure) {
                unsure.addAll(ids);
            }
        });
        var items = new ArrayList<Item>(batch.items().size());
        for (var item : batch.items()) {
            if (unsure.contains(item.id())) {
                items.add(item.withOutcome(new Outcome.Unknown()));
            } else if (!found.containsKey(item.id())) {
                items.add(item.withOutcome(null));
            } else {
                var outcome = one(session, batch.kind(), item, found.get(item.id()), inBatch, visited);
                var known = outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Refused;
                items.add(item.withOutcome(known ? outcome : new Outcome.Unknown()));
            }
        }
        leave(session, visited);
        return batch.withItems(items);
    }

    /** Takes effects back, the latest first. */
    public List<Undone> undo(@Body Undo undo) {
        var session = session();
        return new Undoing(session.client(), session.settings(), undo.dryRun()).undo(undo.effects());
    }

    /** Reads back what is there, as those who are in the rooms see it. */
    public BatchReader read(@Body ReadRequest request) {
        var session = session();
        try {
            return new MatrixReader(session.client(), session.index(), request.kind()).open();
        } catch (MatrixFailure failure) {
            throw new Problem(failure, "CRV-456", session.settings().url(), failure.getMessage());
        }
    }

    private Outcome one(
            Session session,
            Kind kind,
            Item item,
            Map<String, String> found,
            Map<String, String> inBatch,
            Map<Room, Long> visited) {
        try {
            var payload = payload(item);
            return switch (kind) {
                case USER -> session.people().deliver(payload);
                case CHANNEL -> session.conversations().deliver(payload);
                case MEMBERSHIP -> session.memberships().deliver(payload);
                case MESSAGE -> {
                    visit(session, session.messages().room(payload), payload.path("time").asLong(), visited);
                    yield session.messages().deliver(item, payload, found, inBatch);
                }
                case EMOJI -> new Outcome.Refused("matrix-no-emoji", "");
            };
        } catch (MatrixFailure failure) {
            return failure.outcome();
        }
    }

    private static void visit(Session session, Room room, long time, Map<Room, Long> visited) throws MatrixFailure {
        if (visited.put(room, time) == null && room.archived()) {
            session.rooms().changePower(room, levels -> levels.put("events_default", 0));
        }
    }

    /** A room is left as its people shall find it. What fails here is done at the next visit. */
    private static void leave(Session session, Map<Room, Long> visited) {
        visited.forEach((room, time) -> {
            try {
                for (var guest : room.guests()) {
                    session.rooms().leave(room, guest, time);
                }
                if (room.archived()) {
                    session.rooms().changePower(room, levels -> levels.put("events_default", Conversations.NOBODY));
                }
            } catch (MatrixFailure failure) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "room {0} is left as it is until the next batch: {1}",
                        room.id(),
                        failure.getMessage());
            }
        });
    }

    private Map<Item, Set<String>> idsByRoom(Batch batch) {
        var first = new LinkedHashMap<String, Item>();
        var ids = new LinkedHashMap<String, Set<String>>();
        for (var item : batch.items()) {
            var room = payload(item).path("room").asText();
            first.putIfAbsent(room, item);
            ids.computeIfAbsent(room, r -> new LinkedHashSet<>()).add(item.id());
        }
        var byRoom = new LinkedHashMap<Item, Set<String>>();
        first.forEach((room, item) -> byRoom.put(item, ids.get(room)));
        return byRoom;
    }

    private ObjectNode payload(Item item) {
        try {
            return (ObjectNode) json.readTree(item.target().payload());
        } catch (IOException ours) {
            throw new UncheckedIOException(ours);
        }
    }
}
