package dev.caravan.connector.matrix;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Finds rooms by their alias, and lets people in and out. */
final class Rooms {

    private static final String MEMBER = "/state/m.room.member/";

    private final MatrixClient client;
    private final Map<String, Room> byAlias = new ConcurrentHashMap<>();

    Rooms(MatrixClient client) {
        this.client = client;
    }

    /** @param host one of the people of a direct conversation; null for the application service */
    Room find(String alias, String host) throws MatrixFailure {
        var known = byAlias.get(alias);
        if (known != null) {
            return known;
        }
        var id = idOf(alias);
        var acting = host == null ? client.sender() : host;
        var state = client.get("/rooms/" + MatrixIds.encoded(id) + "/state", acting);
        var room = new Room(id, acting, state);
        var before = byAlias.putIfAbsent(alias, room);
        return before == null ? room : before;
    }

    String idOf(String alias) throws MatrixFailure {
        return client.get("/directory/room/" + MatrixIds.encoded(alias), null)
                .path("room_id")
                .asText();
    }

    void forget(String alias) {
        byAlias.remove(alias);
    }

    /** @param mark what is to stand in the membership beside it: whose record it is of, or that it will not last */
    boolean join(Room room, String user, long time, ObjectNode mark) throws MatrixFailure {
        if (room.holds(user)) {
            return false;
        }
        if (room.closed()) {
            invite(room, user, time);
        }
        client.put(room.path() + MEMBER + MatrixIds.encoded(user), user, time, mark.put("membership", "join"));
        room.joined(user, mark.path(Room.GUEST).asBoolean());
        return true;
    }

    private void invite(Room room, String user, long time) throws MatrixFailure {
        try {
            var invitation = JsonNodeFactory.instance.objectNode().put("membership", "invite");
            client.put(room.path() + MEMBER + MatrixIds.encoded(user), room.host(), time, invitation);
        } catch (MatrixFailure failure) {
            // Who is invited already, or in it, is not invited again; joining tells the rest.
            if (!failure.isDenied()) {
                throw failure;
            }
        }
    }

    void leave(Room room, String user, long time) throws MatrixFailure {
        leave(room.path(), user, time);
        room.left(user);
    }

    void leave(String path, String user, long time) throws MatrixFailure {
        var leave = JsonNodeFactory.instance.objectNode().put("membership", "leave");
        client.put(path + MEMBER + MatrixIds.encoded(user), user, time, leave);
    }

    /** Who may moderate, and whether only those may write, are both in one piece of state, which is changed here. */
    void changePower(Room room, UnaryOperator<ObjectNode> change) throws MatrixFailure {
        var path = room.path() + "/state/m.room.power_levels";
        JsonNode before = client.get(path, room.host());
        var after = change.apply(before.deepCopy());
        if (!after.equals(before)) {
            client.put(path, room.host(), room.time(), after);
        }
    }
}
