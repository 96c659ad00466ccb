package dev.caravan;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.connector.slack.ExportZip;

/** A Slack workspace that tests change and export, now and later. */
final class Workspace {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ArrayNode users = JSON.createArrayNode();
    private final ArrayNode channels = JSON.createArrayNode();
    private final ArrayNode groups = JSON.createArrayNode();
    private final ArrayNode directs = JSON.createArrayNode();
    private final Map<String, String> folders = new TreeMap<>();
    private final List<Said> messages = new ArrayList<>();

    private record Said(String channel, ObjectNode message) {}

    Workspace user(String id, String name) {
        return user(
                "{\"id\":\"%s\",\"name\":\"%s\",\"profile\":{\"email\":\"%s@example.com\"}}".formatted(id, name, name));
    }

    Workspace user(String json) {
        users.add(tree(json));
        return this;
    }

    Workspace channel(String id, String name, String... members) {
        folders.put(id, name);
        channels.add(conversation(id, members).put("name", name));
        return this;
    }

    Workspace topic(String id, String topic, String purpose) {
        for (var channel : channels) {
            if (channel.path("id").asText().equals(id)) {
                channel.withObject("/topic").put("value", topic);
                channel.withObject("/purpose").put("value", purpose);
            }
        }
        return this;
    }

    Workspace privateChannel(String id, String name, String... members) {
        folders.put(id, name);
        groups.add(conversation(id, members).put("name", name));
        return this;
    }

    Workspace direct(String id, String... members) {
        folders.put(id, id);
        directs.add(conversation(id, members));
        return this;
    }

    private static ObjectNode conversation(String id, String... members) {
        var channel = JSON.createObjectNode().put("id", id).put("created", 1_500_000_000);
        for (String member : members) {
            channel.withArray("/members").add(member);
        }
        return channel;
    }

    /** @param ts {@code 1700000000.000100} */
    Workspace says(String channel, String user, String ts, String text) {
        return says(channel, user, ts, text, "{}");
    }

    Workspace says(String channel, String user, String ts, String text, String more) {
        var message = JSON.createObjectNode()
                .put("type", "message")
                .put("user", user)
                .put("ts", ts)
                .put("text", text);
        message.setAll(tree(more));
        messages.add(new Said(channel, message));
        return this;
    }

    Workspace replies(String channel, String user, String ts, String root, String text) {
        return says(channel, user, ts, text, "{\"thread_ts\":\"" + root + "\"}");
    }

    Workspace edit(String ts, String text, String editedAt) {
        messages.stream()
                .filter(said -> said.message.path("ts").asText().equals(ts))
                .forEach(said -> {
                    said.message.put("text", text);
                    said.message.set(
                            "edited", JsonNodeFactory.instance.objectNode().put("ts", editedAt));
                });
        return this;
    }

    Workspace delete(String ts) {
        messages.removeIf(said -> said.message.path("ts").asText().equals(ts));
        return this;
    }

    Path export(Path folder, String name) {
        var days = new TreeMap<String, ArrayNode>();
        messages.stream()
                .sorted((a, b) -> a.message
                        .path("ts")
                        .asText()
                        .compareTo(b.message.path("ts").asText()))
                .forEach(said -> days.computeIfAbsent(entry(said), entry -> JSON.createArrayNode())
                        .add(said.message));
        var zip = new ExportZip()
                .with("users.json", users.toString())
                .with("channels.json", channels.toString())
                .with("groups.json", groups.toString())
                .with("dms.json", directs.toString());
        days.forEach((entry, day) -> zip.with(entry, day.toString()));
        return zip.write(folder, name);
    }

    private String entry(Said said) {
        var seconds = Long.parseLong(said.message.path("ts").asText().split("\\.")[0]);
        return folders.get(said.channel) + "/"
                + Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC).toLocalDate() + ".json";
    }

    private static ObjectNode tree(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
