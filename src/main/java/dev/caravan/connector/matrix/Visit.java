package dev.caravan.connector.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;

/**
 * One call of the sink. Rooms are left as their people shall find them: without those who came in only to say what they
 * once wrote, and closed again where they are archived.
 */
final class Visit implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.caravan.connector.matrix");
    private static final String WHO_MAY_WRITE = "events_default";

    private final Session session;
    private final Path files;
    private final ObjectMapper json = JsonMapper.builder().build();
    private final Map<Room, Long> rooms = new LinkedHashMap<>();
    private final Map<String, String> sent = new HashMap<>();

    /** @param files folder of the files that messages name; null when there is none */
    Visit(Session session, Path files) {
        this.session = session;
        this.files = files;
    }

    /** @param found event ids of what is there already, by piece */
    Outcome deliver(Kind kind, Item item, Map<String, String> found) {
        try {
            var payload = payload(item);
            return switch (kind) {
                case USER -> session.people().deliver(payload);
                case CHANNEL -> session.conversations().deliver(payload);
                case MEMBERSHIP -> session.memberships().deliver(payload);
                case MESSAGE -> {
                    enter(room(payload), payload.path("time").asLong());
                    yield session.messages().deliver(item, payload, files, found, sent);
                }
                case EMOJI -> new Outcome.Refused("matrix-no-emoji", "");
            };
        } catch (MatrixFailure failure) {
            return failure.outcome();
        }
    }

    Room room(ObjectNode message) throws MatrixFailure {
        return session.rooms()
                .find(message.path("room").asText(), message.path("host").asText(null));
    }

    ObjectNode payload(Item item) {
        try {
            return (ObjectNode) json.readTree(item.target().payload());
        } catch (IOException ours) {
            throw new UncheckedIOException(ours);
        }
    }

    private void enter(Room room, long time) throws MatrixFailure {
        if (rooms.put(room, time) == null && room.archived()) {
            session.rooms().changePower(room, levels -> levels.put(WHO_MAY_WRITE, 0));
        }
    }

    /** What fails here is done at the end of the next visit. */
    @Override
    public void close() {
        session.client().tidy(this::leaveRooms);
    }

    private void leaveRooms() {
        rooms.forEach((room, time) -> {
            try {
                for (var guest : room.guests()) {
                    session.rooms().leave(room, guest, time);
                }
                if (room.archived()) {
                    session.rooms().changePower(room, levels -> levels.put(WHO_MAY_WRITE, Conversations.NOBODY));
                }
            } catch (MatrixFailure failure) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "room {0} stays as it is until the next batch: {1}",
                        room.id(),
                        failure.getMessage());
            }
        });
    }
}
