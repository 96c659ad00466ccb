package dev.caravan.connector.matrix;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Effect;
import dev.caravan.model.Outcome;

/**
 * Makes rooms, each under an alias that is a function of its place on the target: a room that is there already is found
 * again, never made twice.
 */
final class Conversations {

    private static final String DIRECT = "direct";

    /** Nobody has so much power but who made the room. */
    static final int NOBODY = 100;

    private final MatrixClient client;
    private final Rooms rooms;
    private final Index index;

    Conversations(MatrixClient client, Rooms rooms, Index index) {
        this.client = client;
        this.rooms = rooms;
        this.index = index;
    }

    Outcome deliver(JsonNode channel) throws MatrixFailure {
        var alias = channel.path("alias").asText();
        var direct = channel.path("place").path("type").asText().equals(DIRECT);
        var members = new ArrayList<String>();
        channel.path("members").forEach(member -> members.add(member.asText()));
        var host = direct ? members.get(0) : null;
        try {
            client.post("/createRoom", host, creation(channel, direct));
        } catch (MatrixFailure failure) {
            if (!failure.is("M_ROOM_IN_USE")) {
                throw failure;
            }
            rooms.forget(alias);
            if (!isOurs(rooms.idOf(alias), host, channel)) {
                return new Outcome.Refused("matrix-alias-taken", alias);
            }
        }
        var room = rooms.find(alias, host);
        for (var member : members) {
            rooms.join(room, member, room.time(), JsonNodeFactory.instance.objectNode());
        }
        if (direct) {
            for (var member : members) {
                noteDirect(room, member, members);
            }
        }
        if (channel.path("place").path("type").asText().equals("public") && !room.archived()) {
            publish(room);
        }
        var entry = JsonNodeFactory.instance.objectNode().put("alias", alias).put("host", room.host());
        entry.set("place", channel.path("place"));
        index.add(Index.ROOM, room.id(), entry);
        List<Effect> effects = List.of(Effects.room(room.id(), alias, room.host()));
        return new Outcome.Accepted(room.id(), null, effects);
    }

    private ObjectNode creation(JsonNode channel, boolean direct) {
        var alias = channel.path("alias").asText();
        var type = channel.path("place").path("type").asText();
        var room = JsonNodeFactory.instance
                .objectNode()
                .put("room_alias_name", alias.substring(1, alias.indexOf(':')))
                .put("visibility", "private")
                .put(
                        "preset",
                        direct ? "trusted_private_chat" : type.equals("public") ? "public_chat" : "private_chat");
        for (var field : List.of("name", "topic")) {
            if (channel.path(field).isTextual()) {
                room.set(field, channel.get(field));
            }
        }
        if (direct) {
            room.put("is_direct", true);
        }
        var content = room.putObject("creation_content");
        content.set(MatrixShape.ID, channel.path("id"));
        content.set(Room.PLACE, channel.path("place"));
        if (channel.has("created")) {
            content.set(Room.CREATED, channel.get("created"));
        }
        if (channel.path("archived").asBoolean()) {
            var mark = room.putArray("initial_state").addObject().put("type", Room.MARK);
            mark.putObject("content").put("archived", true);
            room.putObject("power_level_content_override").put("events_default", NOBODY);
        }
        return room;
    }

    /** Several conversations may be one on the target; only the one that made the room changes its name. */
    private boolean isOurs(String id, String host, JsonNode channel) throws MatrixFailure {
        var state = "/rooms/" + MatrixIds.encoded(id) + "/state/";
        try {
            var creation = client.get(state + "m.room.create", host);
            if (!creation.path(Room.PLACE).equals(channel.path("place"))) {
                return false;
            }
            if (creation.path(MatrixShape.ID).equals(channel.path("id"))) {
                update(state + "m.room.name", "name", host, channel);
                update(state + "m.room.topic", "topic", host, channel);
            }
            return true;
        } catch (MatrixFailure failure) {
            if (failure.isDenied()) {
                return false;
            }
            throw failure;
        }
    }

    private void update(String path, String field, String host, JsonNode channel) throws MatrixFailure {
        var wanted = channel.path(field).asText("");
        if (!wanted.equals(current(path, field, host))) {
            client.put(path, host, 0, JsonNodeFactory.instance.objectNode().put(field, wanted));
        }
    }

    private String current(String path, String field, String host) throws MatrixFailure {
        try {
            return client.get(path, host).path(field).asText("");
        } catch (MatrixFailure failure) {
            if (failure.isNotFound()) {
                return "";
            }
            throw failure;
        }
    }

    /** Clients list as direct what stands in the account data of each. */
    private void noteDirect(Room room, String member, List<String> members) throws MatrixFailure {
        var path = "/user/" + MatrixIds.encoded(member) + "/account_data/m.direct";
        ObjectNode direct;
        try {
            direct = client.get(path, member).deepCopy();
        } catch (MatrixFailure failure) {
            if (!failure.isNotFound()) {
                throw failure;
            }
            direct = JsonNodeFactory.instance.objectNode();
        }
        boolean changed = false;
        for (var other : members) {
            if (other.equals(member) && members.size() > 1) {
                continue;
            }
            var ids = direct.withArray("/" + escaped(other));
            boolean there = false;
            for (var id : ids) {
                there |= id.asText().equals(room.id());
            }
            if (!there) {
                ids.add(room.id());
                changed = true;
            }
        }
        if (changed) {
            client.put(path, member, 0, direct);
        }
    }

    private static String escaped(String pointer) {
        return pointer.replace("~", "~0").replace("/", "~1");
    }

    /** Many homeservers let nobody but administrators list rooms: the alias leads there all the same. */
    private void publish(Room room) throws MatrixFailure {
        try {
            client.put(
                    "/directory/list/room/" + MatrixIds.encoded(room.id()),
                    null,
                    0,
                    JsonNodeFactory.instance.objectNode().put("visibility", "public"));
        } catch (MatrixFailure failure) {
            if (!failure.isDenied()) {
                throw failure;
            }
        }
    }
}
