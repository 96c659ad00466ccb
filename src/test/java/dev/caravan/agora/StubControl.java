package dev.caravan.agora;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Settings, faults and questions of tests. */
final class StubControl {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StubParts server;
    private final StubApi api;

    StubControl(StubParts server, StubApi api) {
        this.server = server;
        this.api = api;
    }

    JsonNode answer(String what, byte[] body) throws IOException {
        switch (what) {
            case "reset" -> {
                server.reset();
                api.calls.clear();
            }
            case "faults" -> StubApi.tree(body).forEach(server.faults::add);
            case "settings" -> settings(StubApi.tree(body));
            case "plants" -> StubApi.tree(body).forEach(server.plants::plant);
            case "change" -> {
                var change = StubApi.tree(body);
                var path = List.of(change.path("path").asText().substring(1).split("/"));
                var content = JSON.writeValueAsBytes(change.path("body"));
                if (path.get(0).equals("messages")) {
                    return api.messages(path, content);
                }
                return path.get(0).equals("users")
                        ? api.users(change.path("method").asText(), path, Map.of(), content)
                        : api.groups(change.path("method").asText(), path, Map.of(), content);
            }
            case "expire" -> server.auth.expireAll(StubApi.now() / 1000);
            default -> {
                return state();
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private void settings(JsonNode to) {
        server.messages.groupHistory = to.path("groupHistory").asText(server.messages.groupHistory);
        server.messages.quota = to.path("messageQuota").asInt(server.messages.quota);
        server.users.quota = to.path("userQuota").asInt(server.users.quota);
        server.users.passwords = to.path("passwords").asBoolean(server.users.passwords);
        server.groups.quota = to.path("groupQuota").asInt(server.groups.quota);
        server.files.largest = to.path("largestFile").asInt(server.files.largest);
        server.history.settings(to);
        to.path("rates")
                .properties()
                .forEach(e -> server.rates.limit(e.getKey(), e.getValue().asInt()));
    }

    private ObjectNode state() {
        var state = JsonNodeFactory.instance.objectNode();
        state.set("users", JSON.valueToTree(server.users.users));
        state.set("attributes", JSON.valueToTree(server.users.attributes));
        var all = state.putObject("groups");
        server.groups.groups.values().forEach(group -> {
            var one = all.putObject(group.id);
            one.setAll(group.fields);
            one.put("created", group.created);
            group.members.forEach(one.putArray("members")::add);
            group.admins.forEach(one.putArray("admins")::add);
        });
        var sent = state.putArray("messages");
        server.messages
                .messages
                .values()
                .forEach(message -> sent.add(message.body()
                        .deepCopy()
                        .put("msg_id", message.id())
                        .put("group", message.group())
                        .put("shownAt", message.time())));
        var stored = state.putObject("files");
        server.files.files.forEach(
                (id, file) -> stored.putObject(id).put("name", file.name()).put("sha256", file.sha256()));
        state.put("ghosts", server.messages.ghosts)
                .put("tokens", server.auth.issued())
                .put("fired", server.faults.fired());
        state.set("calls", JSON.valueToTree(api.calls));
        state.set("most", JSON.valueToTree(server.rates.most()));
        state.set("refused", JSON.valueToTree(server.rates.refused()));
        return state;
    }
}
