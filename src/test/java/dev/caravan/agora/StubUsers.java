package dev.caravan.agora;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Users and their attributes. */
final class StubUsers {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_.-]{1,64}");
    private static final Map<String, Integer> LONGEST =
            Map.of("nickname", 64, "avatarurl", 256, "phone", 32, "mail", 64, "gender", 1, "sign", 256, "birth", 64);

    final Map<String, ObjectNode> users = new LinkedHashMap<>();
    final Map<String, Map<String, String>> attributes = new TreeMap<>();
    int quota = Integer.MAX_VALUE;
    boolean passwords;

    void reset() {
        users.clear();
        attributes.clear();
        quota = Integer.MAX_VALUE;
        passwords = false;
    }

    ObjectNode register(JsonNode body, long now) {
        if (body.isArray() && body.size() > 60) {
            throw Denied.illegal("Request body array size " + body.size() + " is over the limit 60");
        }
        var answer = JsonNodeFactory.instance.objectNode();
        var entities = answer.putArray("entities");
        var failed = JsonNodeFactory.instance.arrayNode();
        for (JsonNode wanted :
                body.isArray() ? body : JsonNodeFactory.instance.arrayNode().add(body)) {
            require(wanted);
        }
        for (JsonNode wanted :
                body.isArray() ? body : JsonNodeFactory.instance.arrayNode().add(body)) {
            var name = wanted.path("username").asText();
            if (users.containsKey(name)) {
                if (!body.isArray()) {
                    throw new Denied(
                            400,
                            "duplicate_unique_property_exists",
                            "Application null Entity user requires that property named username be unique, value of "
                                    + name + " exists");
                }
                failed.addObject()
                        .put("username", name)
                        .put("registerUserFailReason", "the " + name + " already exists");
                continue;
            }
            if (users.size() >= quota) {
                throw new Denied(
                        429, "resource_limited", "You have exceeded the limit of the FREE edition. Please upgrade.");
            }
            var user = JsonNodeFactory.instance.objectNode();
            user.put("uuid", UUID.randomUUID().toString()).put("type", "user");
            user.put("created", now).put("modified", now).put("username", name).put("activated", true);
            users.put(name, user);
            entities.add(user);
        }
        if (!failed.isEmpty()) {
            answer.set("data", failed);
        }
        return answer;
    }

    private void require(JsonNode wanted) {
        var name = wanted.path("username").asText("");
        if (name.isEmpty()) {
            throw Denied.illegal("Entity 'user' requires a property named username");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > 64) {
            throw Denied.illegal("USERNAME_TOO_LONG");
        }
        if (!NAME.matcher(name).matches()) {
            throw Denied.illegal(name + " is not legal");
        }
        if (passwords && wanted.path("password").asText("").isEmpty()) {
            throw Denied.illegal("password or pin must provided");
        }
        if (wanted.path("password").asText("").length() > 64) {
            throw Denied.illegal("password too long");
        }
    }

    ObjectNode user(String name) {
        var user = users.get(name);
        if (user == null) {
            throw Denied.missing("Service resource not found");
        }
        return user;
    }

    ObjectNode list(int limit, String cursor) {
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        var answer = JsonNodeFactory.instance.objectNode();
        var entities = answer.putArray("entities");
        users.values().stream().skip(from).limit(Math.min(limit, 100)).forEach(entities::add);
        if (from + entities.size() < users.size()) {
            answer.put("cursor", String.valueOf(from + entities.size()));
        }
        return answer.put("count", entities.size());
    }

    ObjectNode setAttributes(String name, String form, String contentType) {
        if (contentType == null || !contentType.startsWith("application/x-www-form-urlencoded")) {
            throw new Denied(415, "web_application", "Unsupported Media Type");
        }
        user(name);
        var all = new TreeMap<>(attributes.getOrDefault(name, Map.of()));
        for (var pair : form.split("&")) {
            if (!pair.isEmpty()) {
                var parts = pair.split("=", 2);
                var key = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
                var value = URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
                if (value.length() > LONGEST.getOrDefault(key, Integer.MAX_VALUE)) {
                    throw Denied.illegal(key + " is too long");
                }
                all.put(key, value);
            }
        }
        int bytes = all.entrySet().stream()
                .mapToInt(e -> (e.getKey() + e.getValue()).getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (bytes > 2048) {
            throw Denied.illegal("user metadata is larger than 2 KB");
        }
        attributes.put(name, all);
        return attributesOf(name);
    }

    ObjectNode attributesOf(String name) {
        var answer = JsonNodeFactory.instance.objectNode();
        var data = answer.putObject("data");
        attributes.getOrDefault(name, Map.of()).forEach(data::put);
        return answer;
    }

    ObjectNode attributesOf(JsonNode body) {
        if (body.path("targets").size() > 100) {
            throw Denied.illegal("targets over the limit 100");
        }
        var answer = JsonNodeFactory.instance.objectNode();
        var data = answer.putObject("data");
        for (JsonNode target : body.path("targets")) {
            var one = data.putObject(target.asText());
            var all = attributes.getOrDefault(target.asText(), Map.of());
            body.path("properties").forEach(key -> {
                if (all.containsKey(key.asText())) {
                    one.put(key.asText(), all.get(key.asText()));
                }
            });
        }
        return answer;
    }
}
