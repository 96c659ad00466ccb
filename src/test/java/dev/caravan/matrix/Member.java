package dev.caravan.matrix;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Somebody in a room: reads it and writes into it. */
final class Member {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Synapse synapse;
    private final String token;
    private final String query;
    private final String room;

    private Member(Synapse synapse, String token, String query, String room) {
        this.synapse = synapse;
        this.token = token;
        this.query = query;
        this.room = "/rooms/" + Synapse.encoded(room);
    }

    /** An ordinary account that is no part of the migration comes in. */
    static Member joining(Synapse synapse, String token, String alias) {
        var address = "/join/" + Synapse.encoded("#" + alias + ":" + Synapse.SERVER);
        var room = synapse.post(address, JSON.createObjectNode(), token).path("room_id");
        return new Member(synapse, token, "", room.asText());
    }

    /** One of those who were moved, for whom the application service may speak. */
    static Member moved(Synapse synapse, String user, String alias) {
        return new Member(synapse, null, "user_id=" + Synapse.encoded(user), synapse.room(alias));
    }

    List<JsonNode> events() {
        var events = new ArrayList<JsonNode>();
        synapse.get(path("/messages?dir=f&limit=500", 0), token).path("chunk").forEach(events::add);
        return events;
    }

    /** The first event that carries this source id, and so the message. */
    JsonNode event(String id) {
        return events().stream()
                .filter(event -> event.at("/content/dev.caravan.id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    List<String> members() {
        var members = new ArrayList<String>();
        synapse.get(path("/joined_members", 0), token)
                .path("joined")
                .fieldNames()
                .forEachRemaining(members::add);
        return members;
    }

    /** @param time ms since 1970; 0 for now */
    void send(String type, JsonNode content, long time) {
        synapse.put(path("/send/" + type + "/mine-" + content.hashCode(), time), content, token);
    }

    void say(String text) {
        send("m.room.message", text(text), 0);
    }

    void reply(JsonNode root) {
        var reply = text("I agree");
        relate(reply, root, "m.thread");
        send("m.room.message", reply, 0);
    }

    void react(JsonNode event) {
        var reaction = JSON.createObjectNode();
        relate(reaction, event, "m.annotation").put("key", "🐪");
        send("m.reaction", reaction, 0);
    }

    void edit(JsonNode event, String text) {
        var edit = text("* " + text);
        edit.set("m.new_content", ((ObjectNode) event.path("content").deepCopy()).put("body", text));
        relate(edit, event, "m.replace");
        send("m.room.message", edit, 0);
    }

    void leave() {
        synapse.post(path("/leave", 0), JSON.createObjectNode(), token);
    }

    void redact(JsonNode event) {
        var id = event.path("event_id").asText();
        synapse.put(path("/redact/" + Synapse.encoded(id) + "/r", 0), JSON.createObjectNode(), token);
    }

    private String path(String rest, long time) {
        var path = new StringBuilder(room).append(rest);
        for (var parameter : List.of(query, time == 0 ? "" : "ts=" + time)) {
            if (!parameter.isEmpty()) {
                path.append(path.indexOf("?") < 0 ? '?' : '&').append(parameter);
            }
        }
        return path.toString();
    }

    private static ObjectNode text(String text) {
        return JSON.createObjectNode().put("msgtype", "m.text").put("body", text);
    }

    private static ObjectNode relate(ObjectNode content, JsonNode to, String how) {
        return content.putObject("m.relates_to")
                .put("rel_type", how)
                .put("event_id", to.path("event_id").asText());
    }
}
