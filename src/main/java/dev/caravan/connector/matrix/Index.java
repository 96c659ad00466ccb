package dev.caravan.connector.matrix;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What we made on the homeserver, written down there in a room of the application service alone: no public API lists rooms
 * and accounts, and a reader has to know where to look. What is listed twice counts once.
 */
final class Index {

    static final String ROOM = "dev.caravan.room";
    static final String USER = "dev.caravan.user";

    /** Field of an account's entry: whether we made it. */
    static final String OURS = "ours";

    private static final int PAGE = 500;

    private final MatrixClient client;
    private final Rooms rooms;
    private final Map<String, JsonNode> roomsRead = new HashMap<>();
    private Set<String> accounts;
    private String id;

    Index(MatrixClient client, Rooms rooms) {
        this.client = client;
        this.rooms = rooms;
    }

    /** @param key what must be there once: a user id, a room id */
    void add(String type, String key, ObjectNode entry) throws MatrixFailure {
        note(type, key, entry);
        client.put(
                path() + "/send/" + type + "/" + MatrixIds.encoded("index-" + key),
                client.sender(),
                0,
                entry.put("key", key));
    }

    /** The entry of one room; null when it is not listed. */
    synchronized JsonNode room(String room) throws MatrixFailure {
        if (!roomsRead.containsKey(room)) {
            all(ROOM).forEach(entry -> roomsRead.put(entry.path("key").asText(), entry));
        }
        return roomsRead.get(room);
    }

    private synchronized void note(String type, String key, ObjectNode entry) {
        if (accounts != null && type.equals(USER) && entry.path(OURS).asBoolean()) {
            accounts.add(key);
        }
    }

    /** Whether the account is one that we made, or were about to make. */
    synchronized boolean isOurs(String user) throws MatrixFailure {
        if (accounts == null) {
            var ours = new HashSet<String>();
            for (var entry : all(USER)) {
                if (entry.path(OURS).asBoolean(true)) {
                    ours.add(entry.path("key").asText());
                }
            }
            accounts = ours;
        }
        return accounts.contains(user);
    }

    /** All entries of a type, by key. */
    List<JsonNode> all(String type) throws MatrixFailure {
        Map<String, JsonNode> entries = new TreeMap<>();
        var filter = MatrixIds.encoded("{\"types\":[\"" + type + "\"]}");
        String from = null;
        do {
            var page = client.get(
                    path() + "/messages?dir=f&limit=" + PAGE + "&filter=" + filter
                            + (from == null ? "" : "&from=" + MatrixIds.encoded(from)),
                    client.sender());
            page.path("chunk").forEach(event -> {
                var entry = event.path("content");
                if (entry.has("key")) {
                    entries.put(entry.path("key").asText(), entry);
                }
            });
            from = page.path("end").asText(null);
        } while (from != null);
        return new ArrayList<>(entries.values());
    }

    private synchronized String path() throws MatrixFailure {
        if (id == null) {
            id = make();
        }
        return "/rooms/" + MatrixIds.encoded(id);
    }

    private String make() throws MatrixFailure {
        var localpart = client.ids().aliasLocalpart("index", "~index");
        try {
            var room = JsonNodeFactory.instance
                    .objectNode()
                    .put("room_alias_name", localpart)
                    .put("preset", "private_chat")
                    .put("name", "Caravan");
            return client.post("/createRoom", client.sender(), room)
                    .path("room_id")
                    .asText();
        } catch (MatrixFailure failure) {
            if (failure.is("M_ROOM_IN_USE")) {
                return rooms.idOf(client.ids().alias("index", "~index"));
            }
            throw failure;
        }
    }
}
