package dev.caravan.connector.matrix;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caravan.model.Outcome;

/** Lets people into rooms, as of the time the room was made. */
final class Memberships {

    /** May remove people and messages, and pin. */
    private static final int MODERATOR = 50;

    private final Rooms rooms;

    Memberships(Rooms rooms) {
        this.rooms = rooms;
    }

    /** Of a direct conversation the people are in it since it was made. */
    Outcome deliver(JsonNode membership) throws MatrixFailure {
        if (membership.path("direct").asBoolean()) {
            return new Outcome.Accepted(null, null);
        }
        var user = membership.path("user").asText();
        var room = rooms.find(membership.path("alias").asText(), null);
        var mark = JsonNodeFactory.instance.objectNode();
        mark.set(MatrixShape.ID, membership.path("id"));
        synchronized (room) {
            rooms.join(room, user, room.time(), mark);
            if (membership.path("admin").asBoolean()) {
                rooms.changePower(room, levels -> {
                    var users = levels.withObjectProperty("users");
                    if (users.path(user).asInt() < MODERATOR) {
                        users.put(user, MODERATOR);
                    }
                    return levels;
                });
            }
        }
        return new Outcome.Accepted(null, null, List.of(Effects.member(room, user)));
    }
}
