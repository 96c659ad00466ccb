package dev.caravan.agora;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Imported messages: one a call, rising inside a conversation, of at most 5 KB. */
final class StubMessages {

    /** Bytes of body and ext together. */
    static final int LARGEST = 5 * 1024;

    private static final Set<String> TYPES = Set.of("txt", "img", "audio", "video", "file", "loc", "cmd", "custom");
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "txt", List.of("msg"),
            "img", List.of("url"),
            "audio", List.of("url"),
            "video", List.of("url"),
            "file", List.of("url", "filename"),
            "loc", List.of("lat", "lng", "addr"),
            "cmd", List.of("action"),
            "custom", List.of("customEvent"));
    private static final Pattern EVENT = Pattern.compile("[a-zA-Z0-9\\-_/.]{1,32}");

    final Map<String, Message> messages = new LinkedHashMap<>();
    /** Accepted with 200 though nobody will ever see them: for a group or a person that is not there. */
    int ghosts;

    /** What the server does with group messages older than the group: allow, refuse, unproven. Not documented. */
    String groupHistory = "refuse";

    int quota = Integer.MAX_VALUE;
    private final StubUsers users;
    private final StubGroups groups;
    private final Map<String, Long> last = new HashMap<>();
    private long next;

    /** @param importedAt the server's time of the call, ms */
    record Message(String id, boolean group, String conversation, long time, long importedAt, ObjectNode body) {

        ObjectNode exported() {
            var line = JsonNodeFactory.instance.objectNode();
            line.put("msg_id", id).put("timestamp", time).put("direction", "outgoing");
            line.put("from", body.path("from").asText())
                    .put("to", body.path("target").asText());
            line.put("chat_type", group ? "groupchat" : "chat");
            var payload = line.putObject("payload");
            var one = ((ObjectNode) body.path("body")).deepCopy();
            one.put("type", body.path("type").asText());
            payload.putArray("bodies").add(one);
            payload.set("ext", body.has("ext") ? body.path("ext") : JsonNodeFactory.instance.objectNode());
            payload.put("from", body.path("from").asText())
                    .put("to", body.path("target").asText());
            return line;
        }
    }

    StubMessages(StubUsers users, StubGroups groups) {
        this.users = users;
        this.groups = groups;
        reset();
    }

    void reset() {
        messages.clear();
        last.clear();
        ghosts = 0;
        groupHistory = "refuse";
        quota = Integer.MAX_VALUE;
        next = 10_212_123_848_595L;
    }

    ObjectNode take(ObjectNode call, boolean toGroup, long now) {
        shape(call);
        if (messages.size() >= quota) {
            throw new Denied(
                    429, "resource_limited", "You have exceeded the limit of the FREE edition. Please upgrade.");
        }
        var from = call.path("from").asText();
        var target = call.path("target").asText();
        long time = call.path("msg_timestamp").asLong(now);
        if (time < 1000 || time > now) {
            throw Denied.illegal("msg_timestamp is not legal");
        }
        var conversation = toGroup
                ? "group " + target
                : String.join(" ", Stream.of(from, target).sorted().toList());
        boolean there = users.users.containsKey(from)
                && (toGroup ? groups.groups.containsKey(target) : users.users.containsKey(target));
        if (!there) {
            ghosts++;
        } else if (toGroup && time <= groups.groups.get(target).created) {
            switch (groupHistory) {
                case "refuse" -> throw Denied.illegal("msg_timestamp must be later than the creation of the group");
                case "unproven" -> time = now;
                default -> {}
            }
        }
        if (call.path("msg_timestamp").asLong(now) <= last.getOrDefault(conversation, 0L)) {
            throw Denied.illegal("msg_timestamp must be greater than that of the last message imported");
        }
        last.put(conversation, call.path("msg_timestamp").asLong(now));
        var id = String.valueOf(next);
        next += 7;
        if (there) {
            messages.put(id, new Message(id, toGroup, conversation, time, now, call.deepCopy()));
        }
        return StubGroups.data(JsonNodeFactory.instance.objectNode().put("msg_id", id));
    }

    private static void shape(ObjectNode call) {
        if (!call.path("from").isTextual()
                || !call.path("target").isTextual()
                || call.has("ext") && !call.path("ext").isObject()
                || call.has("msg_timestamp") && !call.path("msg_timestamp").isIntegralNumber()) {
            throw new Denied(400, "invalid_request_body", "Request body is invalid. Please check body is correct.");
        }
        var type = call.path("type").asText("");
        var body = call.path("body");
        if (type.isEmpty()) {
            throw Denied.illegal("type not allow empty");
        }
        if (!body.isObject() || body.isEmpty()) {
            throw Denied.illegal("message body not allow empty");
        }
        boolean complete = TYPES.contains(type)
                && REQUIRED.get(type).stream()
                        .allMatch(field -> body.path(field).isTextual()
                                && !body.path(field).asText().isEmpty());
        boolean event = !type.equals("custom")
                || EVENT.matcher(body.path("customEvent").asText()).matches()
                        && body.path("customExts").size() <= 16;
        if (!complete || !event) {
            throw new Denied(400, "invalid_request_body", "Request body is invalid. Please check body is correct.");
        }
        int bytes = bytes(body) + (call.has("ext") ? bytes(call.path("ext")) : 0);
        if (bytes > LARGEST) {
            throw Denied.illegal("message is too large");
        }
    }

    private static int bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Without {@code force} the window is two minutes. */
    ObjectNode recall(JsonNode call, long now) {
        var message = messages.get(call.path("msg_id").asText());
        String answer;
        if (call.path("to").asText("").isEmpty()) {
            answer = "can't find message to";
        } else if (message == null
                || message.group() != call.path("chat_type").asText().equals("groupchat")
                || !message.body().path("target").equals(call.path("to"))) {
            answer = "not_found msg";
        } else if (!call.path("force").asBoolean() && now - message.time() > 120_000) {
            answer = "exceed call time limit";
        } else {
            messages.remove(message.id());
            answer = "yes";
        }
        return StubGroups.data(JsonNodeFactory.instance.objectNode().put("recalled", answer));
    }

    /** Messages by the hour of their time, or of their import; which of both is not documented. */
    Map<Long, List<Message>> byHour(boolean ofImport) {
        var hours = new TreeMap<Long, List<Message>>();
        for (var message : messages.values()) {
            long hour = (ofImport ? message.importedAt() : message.time()) / 3_600_000;
            hours.computeIfAbsent(hour, h -> new java.util.ArrayList<>()).add(message);
        }
        return hours;
    }

    void forgetGroup(String id) {
        messages.values()
                .removeIf(message -> message.group()
                        && message.body().path("target").asText().equals(id));
    }
}
