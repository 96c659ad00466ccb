package dev.caravan.agora;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;

/** The documented calls, each handed to the part of the server that it concerns. */
final class StubApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    final Map<String, Integer> calls = new HashMap<>();
    private final StubParts server;

    StubApi(StubParts server) {
        this.server = server;
    }

    ObjectNode call(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (!path.startsWith(AgoraStub.BASE + "/")) {
            throw new Denied(
                    404, "organization_application_not_found", "Could not find application for org/app from URI");
        }
        var method = exchange.getRequestMethod();
        var rest = List.of(path.substring(AgoraStub.BASE.length() + 1).split("/"));
        var call = method + " " + path.substring(AgoraStub.BASE.length());
        calls.merge(call, 1, Integer::sum);
        var family = family(rest);
        server.rates.take(family);
        if (call.equals("POST /token")) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("access_token", server.auth.issue(tree(body), now() / 1000))
                    .put("expires_in", tree(body).path("ttl").asLong(3600));
        }
        server.auth.require(exchange.getRequestHeaders().getFirst("Authorization"), now() / 1000);
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        boolean sends = method.equals("POST") || method.equals("PUT");
        if (sends && type == null) {
            throw new Denied(415, "web_application", "Unsupported Media Type");
        }
        var query = query(exchange.getRequestURI());
        return switch (rest.get(0)) {
            case "users" -> users(method, rest, query, body);
            case "metadata" -> metadata(method, rest, type, body);
            case "chatgroups" -> groups(method, rest, query, body);
            case "messages" -> messages(rest, body);
            case "chatfiles" -> server.files.store(body, type);
            case "chatmessages" -> server.history.file(
                    rest.get(1), now(), exchange.getLocalAddress().getPort());
            default -> throw new Denied(500, "unsupported_service_operation", "no such operation");
        };
    }

    ObjectNode users(String method, List<String> rest, Map<String, String> query, byte[] body) throws IOException {
        if (rest.size() == 1) {
            return method.equals("POST")
                    ? server.users.register(tree(body), now())
                    : server.users.list(Integer.parseInt(query.getOrDefault("limit", "10")), query.get("cursor"));
        }
        if (rest.size() == 3 && rest.get(2).equals("joined_chatgroups")) {
            return server.groups.joined(rest.get(1));
        }
        var user = server.users.user(rest.get(1));
        if (method.equals("DELETE")) {
            server.users.users.remove(rest.get(1));
            server.users.attributes.remove(rest.get(1));
            server.groups.deleteOwnedBy(rest.get(1));
        }
        var answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("entities").add(user);
        return answer;
    }

    private ObjectNode metadata(String method, List<String> rest, String type, byte[] body) throws IOException {
        if (rest.get(1).equals("user") && rest.get(2).equals("get")) {
            return server.users.attributesOf(tree(body));
        }
        server.users.user(rest.get(2));
        return switch (method) {
            case "PUT" -> server.users.setAttributes(rest.get(2), new String(body, StandardCharsets.UTF_8), type);
            case "GET" -> server.users.attributesOf(rest.get(2));
            default -> {
                server.users.attributes.remove(rest.get(2));
                yield JsonNodeFactory.instance.objectNode().put("data", true);
            }
        };
    }

    ObjectNode groups(String method, List<String> rest, Map<String, String> query, byte[] body) throws IOException {
        if (rest.size() == 1) {
            return method.equals("POST")
                    ? server.groups.create((ObjectNode) tree(body), now())
                    : server.groups.list(Integer.parseInt(query.getOrDefault("limit", "10")), query.get("cursor"));
        }
        var id = rest.get(1);
        if (rest.size() == 2) {
            return switch (method) {
                case "GET" -> server.groups.details(id);
                case "PUT" -> server.groups.change(id, (ObjectNode) tree(body));
                default -> {
                    var deleted = server.groups.delete(id);
                    server.messages.forgetGroup(id);
                    yield deleted;
                }
            };
        }
        return switch (rest.get(2)) {
            case "users" -> switch (method) {
                case "GET" -> server.groups.members(
                        id,
                        Integer.parseInt(query.getOrDefault("pagenum", "1")),
                        Math.min(100, Integer.parseInt(query.getOrDefault("pagesize", "10"))));
                case "POST" -> rest.size() > 3
                        ? server.groups.add(
                                id, JsonNodeFactory.instance.arrayNode().add(rest.get(3)))
                        : server.groups.add(id, tree(body).path("usernames"));
                default -> server.groups.remove(id, rest.get(3));
            };
            case "user" -> StubGroups.data(
                    JsonNodeFactory.instance.booleanNode(server.groups.group(id).has(rest.get(3))));
            case "admin" -> server.groups.admin(id, tree(body).path("newadmin").asText());
            default -> throw new Denied(500, "unsupported_service_operation", "no such operation");
        };
    }

    ObjectNode messages(List<String> rest, byte[] body) throws IOException {
        return switch (String.join("/", rest)) {
            case "messages/users/import" -> server.messages.take((ObjectNode) tree(body), false, now());
            case "messages/chatgroups/import" -> server.messages.take((ObjectNode) tree(body), true, now());
            case "messages/msg_recall" -> server.messages.recall(tree(body), now());
            default -> throw new Denied(500, "unsupported_service_operation", "no such operation");
        };
    }

    /** Which limit a call spends: one for users and what belongs to them, one for the groups of a user, one a kind of import. */
    private static String family(List<String> rest) {
        return switch (rest.get(0)) {
            case "users" -> rest.size() == 3 && rest.get(2).equals("joined_chatgroups") ? "joined-groups" : "users";
            case "metadata" -> "users";
            case "messages" -> rest.get(1).equals("msg_recall")
                    ? "recall"
                    : rest.get(1).equals("users") ? "import-users" : "import-groups";
            case "chatmessages" -> "export";
            default -> rest.get(0);
        };
    }

    static JsonNode tree(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new Denied(400, "json_parse", "Unexpected character");
        }
    }

    private static Map<String, String> query(URI uri) {
        var query = new HashMap<String, String>();
        if (uri.getRawQuery() != null) {
            for (var pair : uri.getRawQuery().split("&")) {
                var parts = pair.split("=", 2);
                query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    static long now() {
        return Instant.now().toEpochMilli();
    }
}
