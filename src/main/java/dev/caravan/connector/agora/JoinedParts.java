package dev.caravan.connector.agora;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Messages as records: the lines that one record of the source became, together. Lines that are not of a migration are left
 * out. Only records of which a part is still to come are held.
 */
final class JoinedParts extends AgoraReading.Ahead {

    private final Iterator<ObjectNode> lines;
    private final Map<String, String> groups = new HashMap<>();
    private final Map<String, List<ObjectNode>> open = new LinkedHashMap<>();
    private final Deque<ObjectNode> ready = new ArrayDeque<>();

    /** @param details of all groups, for their names */
    JoinedParts(Iterator<ObjectNode> lines, Iterator<JsonNode> details) {
        this.lines = lines;
        details.forEachRemaining(group -> {
            var name = Groups.custom(group).path("name").asText("");
            if (!name.isEmpty()) {
                groups.put(group.path("id").asText(), name);
            }
        });
    }

    @Override
    ObjectNode find() {
        while (ready.isEmpty() && lines.hasNext()) {
            take(lines.next());
        }
        if (ready.isEmpty() && !open.isEmpty()) {
            open.values().forEach(this::join);
            open.clear();
        }
        return ready.poll();
    }

    private void take(ObjectNode line) {
        var about = about(line);
        var id = about.path("id").asText("");
        if (id.isEmpty()) {
            return;
        }
        int of = about.path("of").asInt(1);
        if (of == 1) {
            join(List.of(line));
            return;
        }
        var parts = open.computeIfAbsent(id, any -> new ArrayList<>());
        parts.add(line);
        if (parts.size() == of) {
            join(open.remove(id));
        }
    }

    private void join(List<ObjectNode> parts) {
        var record = Json.object();
        var first = parts.get(0);
        parts.stream()
                .sorted(Comparator.comparingInt(line -> about(line).path("part").asInt(1)))
                .forEach(record.putArray("parts")::add);
        record.putObject("caravan").put("channel", conversation(first));
        ready.add(record);
    }

    private String conversation(JsonNode line) {
        var to = line.path("to").asText();
        return isGroup(line) ? groups.getOrDefault(to, to) : pair(line);
    }

    static boolean isGroup(JsonNode line) {
        return line.path("chat_type").asText().equals("groupchat");
    }

    static boolean isOurs(JsonNode line) {
        return about(line).has("id");
    }

    /** The name of a one-to-one conversation. */
    static String pair(JsonNode line) {
        return String.join(
                ",",
                Stream.of(line.path("from").asText(), line.path("to").asText())
                        .sorted()
                        .toList());
    }

    private static JsonNode about(JsonNode line) {
        return line.path("payload").path("ext").path("caravan");
    }
}
