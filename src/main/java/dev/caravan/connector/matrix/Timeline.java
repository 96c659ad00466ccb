package dev.caravan.connector.matrix;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Item;

/**
 * The messages of one room, oldest first, as somebody in it reads them. The events of one message follow each other; a
 * message is held until so many events went by that nothing more of it is to come.
 */
final class Timeline {

    private static final int PAGE = 200;
    private static final int HELD = 50;
    private static final int ROOTS = 20_000;

    private final MatrixClient client;
    private final ReadRoom room;
    private final Set<String> pinned;
    private final Map<String, ArrayNode> lateReactions;
    private final Deque<ObjectNode> held = new ArrayDeque<>();
    private final Map<String, ObjectNode> byEvent = new HashMap<>();
    private final Map<String, ObjectNode> roots = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ObjectNode> eldest) {
            return size() > ROOTS;
        }
    };
    private String from;
    private boolean ended;

    Timeline(MatrixClient client, ReadRoom room) throws MatrixFailure {
        this.client = client;
        this.room = room;
        this.pinned = new HashSet<>(Pins.read(client, room.path() + "/state/m.room.pinned_events", room.reader()));
        this.lateReactions = lateReactions();
    }

    ReadRoom room() {
        return room;
    }

    boolean hasNext() throws MatrixFailure {
        while (!ended && held.size() <= HELD) {
            page();
        }
        return !held.isEmpty();
    }

    ObjectNode next() {
        var message = held.poll();
        byEvent.remove(message.path("event").asText());
        return message;
    }

    /** Reactions that a later run added stand far behind their messages; they are marked, and few. */
    private Map<String, ArrayNode> lateReactions() throws MatrixFailure {
        Map<String, ArrayNode> late = new HashMap<>();
        String next = null;
        do {
            var page = messages(next, "&filter=" + MatrixIds.encoded("{\"types\":[\"m.reaction\"]}"));
            for (var event : page.path("chunk")) {
                if (event.path("content").path(Messages.LATE).asBoolean()) {
                    var relation = event.path("content").path("m.relates_to");
                    late.computeIfAbsent(relation.path("event_id").asText(), id -> JsonNodeFactory.instance.arrayNode())
                            .add(reaction(event));
                }
            }
            next = page.path("end").asText(null);
        } while (next != null);
        return late;
    }

    private void page() throws MatrixFailure {
        var page = messages(from, "");
        for (var event : page.path("chunk")) {
            switch (event.path("type").asText()) {
                case "m.room.message" -> message(event);
                case "m.reaction" -> react(event);
                default -> {}
            }
        }
        from = page.path("end").asText(null);
        ended = from == null;
    }

    private JsonNode messages(String next, String filter) throws MatrixFailure {
        return client.get(
                room.path() + "/messages?dir=f&limit=" + PAGE + filter
                        + (next == null ? "" : "&from=" + MatrixIds.encoded(next)),
                room.reader());
    }

    private void react(JsonNode event) {
        var relation = event.path("content").path("m.relates_to");
        var message = byEvent.get(relation.path("event_id").asText());
        if (message != null && !event.path("content").path(Messages.LATE).asBoolean()) {
            context(message).withArray("/reactions").add(reaction(event));
        }
    }

    private ObjectNode reaction(JsonNode event) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("key", event.at("/content/m.relates_to/key").asText())
                .put("user", client.ids().nameOf(event.path("sender").asText()));
    }

    private void message(JsonNode event) throws MatrixFailure {
        var content = event.path("content");
        var relation = content.path("m.relates_to");
        if (content.isEmpty() || relation.path("rel_type").asText().equals("m.replace")) {
            return;
        }
        var last = held.peekLast();
        var ours = content.path(MatrixShape.ID).asText("");
        if (last != null && !ours.isEmpty() && isPieceOf(last, content)) {
            pieces(last).addObject().set("content", content);
            file(last, content);
            return;
        }
        held.add(record(event, content, relation));
    }

    private static boolean isPieceOf(ObjectNode message, JsonNode content) {
        var pieces = message.path("pieces");
        if (!pieces.get(0).path("content").path(MatrixShape.ID).equals(content.path(MatrixShape.ID))) {
            return false;
        }
        for (var piece : pieces) {
            if (piece.path("content").path(MatrixShape.PIECE).equals(content.path(MatrixShape.PIECE))) {
                return false;
            }
        }
        return true;
    }

    private ObjectNode record(JsonNode event, JsonNode content, JsonNode relation) throws MatrixFailure {
        var id = event.path("event_id").asText();
        var record = JsonNodeFactory.instance
                .objectNode()
                .put("event", id)
                .put("time", event.path("origin_server_ts").asLong());
        var edit = event.path("unsigned").path("m.relations").path("m.replace");
        var latest = edit.path("content").path("m.new_content");
        record.putArray("pieces").addObject().set("content", latest.isObject() ? latest : content);
        if (latest.isObject()) {
            record.put("edited", edit.path("origin_server_ts").asLong());
        }
        if (pinned.contains(id)) {
            record.put("pinned", true);
        }
        var context = room.context(client.ids());
        context.remove(List.of("members", "type"));
        context.put("author", client.ids().nameOf(event.path("sender").asText()));
        context.set(
                "server",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("serverName", client.ids().serverName())
                        .put("userPrefix", client.ids().prefix()));
        record.set(Item.CONTEXT, context);
        if (relation.path("rel_type").asText().equals("m.thread")) {
            context.set("root", root(relation.path("event_id").asText()));
        } else {
            roots.put(id, rootOf(event));
        }
        file(record, content);
        if (lateReactions.containsKey(id)) {
            context.withArray("/reactions").addAll(lateReactions.get(id));
        }
        byEvent.put(id, record);
        return record;
    }

    private ObjectNode root(String event) throws MatrixFailure {
        var known = roots.get(event);
        if (known == null) {
            known = rootOf(client.get(room.path() + "/event/" + MatrixIds.encoded(event), room.reader()));
            roots.put(event, known);
        }
        return known;
    }

    /** Id and time of a message, for its replies. */
    private ObjectNode rootOf(JsonNode event) {
        var own = event.path("content").path(MatrixShape.ID).asText("");
        return JsonNodeFactory.instance
                .objectNode()
                .put(
                        "id",
                        own.isEmpty()
                                ? room.name() + "/" + event.path("event_id").asText()
                                : own)
                .put("time", event.path("origin_server_ts").asLong());
    }

    /** Every file is fetched: that it is there and whole is what has to be known. */
    private void file(ObjectNode message, JsonNode content) throws MatrixFailure {
        var mxc = content.path("url").asText("");
        if (mxc.isEmpty()) {
            return;
        }
        try {
            context(message).withObjectProperty("files").put(mxc, client.digest(mxc, room.reader()));
        } catch (MatrixFailure failure) {
            if (!failure.isDenied()) {
                throw failure;
            }
            if (failure.is(MatrixClient.TOO_LARGE)) {
                context(message).withArray("/unverifiable").add(mxc);
            }
        }
    }

    private static ObjectNode context(ObjectNode message) {
        return (ObjectNode) message.get(Item.CONTEXT);
    }

    private static ArrayNode pieces(ObjectNode message) {
        return (ArrayNode) message.get("pieces");
    }
}
