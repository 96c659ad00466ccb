package dev.caravan.connector.agora;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Messages of one conversation as records: the lines that one record of the source became, together. Only records of which a part is still to come are held.
 */
final class JoinedParts extends Ahead {

    /** Before the people of a one-to-one conversation. */
    static final String DIRECT = "direct/";

    private final String conversation;
    private final Iterator<ObjectNode> lines;
    private final Map<String, List<ObjectNode>> open = new LinkedHashMap<>();
    private final Deque<ObjectNode> ready = new ArrayDeque<>();

    /**
     * @param conversation what it is called
     * @param lines of it
     */
    JoinedParts(String conversation, Iterator<ObjectNode> lines) {
        this.conversation = conversation;
        this.lines = lines;
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
        var id = about.path("id").asText();
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
        parts.stream()
                .sorted(Comparator.comparingInt(line -> about(line).path("part").asInt(1)))
                .forEach(record.putArray("parts")::add);
        record.putObject("caravan").put("channel", conversation);
        ready.add(record);
    }

    static boolean isOurs(JsonNode line) {
        return about(line).has("id");
    }

    /** By group id, or by the two people. */
    static String conversation(JsonNode line) {
        var to = line.path("to").asText();
        if (line.path("chat_type").asText().equals("groupchat")) {
            return to;
        }
        return DIRECT + Stream.of(line.path("from").asText(), to).sorted().collect(Collectors.joining(","));
    }

    private static JsonNode about(JsonNode line) {
        return line.path("payload").path("ext").path("caravan");
    }
}
