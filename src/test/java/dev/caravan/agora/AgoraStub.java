package dev.caravan.agora;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A server that speaks the documented REST API of Agora Chat / Easemob as far as a migration uses it, and holds its callers
 * to every documented rule and limit. A process of its own: it prints its port and lives until its standard input ends. Tests
 * steer and ask it below {@code /control/}. One lock around everything: it is a judge, not a fast server.
 */
public final class AgoraStub {

    /** Everything behind the host. */
    public static final String BASE = "/org/app";

    private static final long HOUR = 3_600_000;
    private static final DateTimeFormatter HOUR_NAME =
            DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);

    private final ObjectMapper json = new ObjectMapper();
    private final StubAuth auth = new StubAuth();
    private final StubRates rates = new StubRates();
    private final StubUsers users = new StubUsers();
    private final StubGroups groups = new StubGroups(users);
    private final StubMessages messages = new StubMessages(users, groups);
    private final StubFiles files = new StubFiles();
    private final StubPlants plants = new StubPlants(users, messages, files);
    private final StubFaults faults = new StubFaults();
    private final Map<String, Integer> calls = new HashMap<>();
    private boolean exportByImport;
    private long clockAhead;
    private int port;

    public static void main(String[] arguments) throws IOException {
        var stub = new AgoraStub();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stub.port = server.getAddress().getPort();
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", stub::handle);
        server.start();
        System.out.println(stub.port);
        while (System.in.read() >= 0) {
            // until whoever started it goes away
        }
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] reply;
            int status = 200;
            String type = "application/json";
            StubFaults.Fault fault;
            synchronized (this) {
                var path = exchange.getRequestURI().getPath();
                fault = path.startsWith("/control/") ? null : faults.next(exchange.getRequestMethod() + " " + path);
                if (fault != null && fault.what().equals("cut")) {
                    return;
                }
                try {
                    if (fault != null && fault.what().equals("status")) {
                        throw new Denied(
                                fault.script.path("status").asInt(),
                                fault.script.path("error").asText(),
                                fault.script.path("description").asText(""));
                    }
                    if (path.startsWith("/control/")) {
                        reply = json.writeValueAsBytes(control(path.substring("/control/".length()), body));
                    } else if (path.startsWith("/export/")) {
                        reply = export(path.substring("/export/".length()));
                    } else if (path.startsWith(BASE + "/chatfiles/")) {
                        reply = files.read(
                                path.substring((BASE + "/chatfiles/").length()),
                                exchange.getRequestHeaders().getFirst("share-secret"));
                    } else {
                        reply = json.writeValueAsBytes(envelope(exchange, api(exchange, path, body)));
                    }
                } catch (Denied denied) {
                    status = denied.status;
                    reply = json.writeValueAsBytes(error(denied));
                }
            }
            if (fault != null && fault.what().equals("lost")) {
                return;
            }
            if (fault != null && fault.what().equals("after")) {
                status = fault.script.path("status").asInt();
                reply = json.writeValueAsBytes(error(new Denied(status, "", "")));
            }
            if (fault != null && fault.what().equals("garbage")) {
                reply = fault.script.path("body").asText().getBytes(StandardCharsets.UTF_8);
                type = "text/html";
            }
            if (fault != null && fault.script.has("retryAfter")) {
                exchange.getResponseHeaders()
                        .set("Retry-After", fault.script.path("retryAfter").asText());
            }
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, reply.length == 0 ? -1 : reply.length);
            exchange.getResponseBody().write(reply);
        }
    }

    private ObjectNode api(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (!path.startsWith(BASE + "/")) {
            throw new Denied(
                    404, "organization_application_not_found", "Could not find application for org/app from URI");
        }
        var method = exchange.getRequestMethod();
        var rest = List.of(path.substring(BASE.length() + 1).split("/"));
        var call = method + " " + path.substring(BASE.length());
        calls.merge(call, 1, Integer::sum);
        var family = family(rest);
        rates.take(family);
        if (call.equals("POST /token")) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("access_token", auth.issue(tree(body), now() / 1000))
                    .put("expires_in", tree(body).path("ttl").asLong(3600));
        }
        auth.require(exchange.getRequestHeaders().getFirst("Authorization"), now() / 1000);
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
            case "chatfiles" -> files.store(body, type);
            case "chatmessages" -> hour(rest.get(1));
            default -> throw new Denied(500, "unsupported_service_operation", "no such operation");
        };
    }

    private ObjectNode users(String method, List<String> rest, Map<String, String> query, byte[] body)
            throws IOException {
        if (rest.size() == 1) {
            return method.equals("POST")
                    ? users.register(tree(body), now())
                    : users.list(Integer.parseInt(query.getOrDefault("limit", "10")), query.get("cursor"));
        }
        if (rest.size() == 3 && rest.get(2).equals("joined_chatgroups")) {
            return groups.joined(rest.get(1));
        }
        var user = users.user(rest.get(1));
        if (method.equals("DELETE")) {
            users.users.remove(rest.get(1));
            users.attributes.remove(rest.get(1));
            groups.deleteOwnedBy(rest.get(1));
        }
        var answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("entities").add(user);
        return answer;
    }

    private ObjectNode metadata(String method, List<String> rest, String type, byte[] body) throws IOException {
        if (rest.get(1).equals("user") && rest.get(2).equals("get")) {
            return users.attributesOf(tree(body));
        }
        users.user(rest.get(2));
        return switch (method) {
            case "PUT" -> users.setAttributes(rest.get(2), new String(body, StandardCharsets.UTF_8), type);
            case "GET" -> users.attributesOf(rest.get(2));
            default -> {
                users.attributes.remove(rest.get(2));
                yield JsonNodeFactory.instance.objectNode().put("data", true);
            }
        };
    }

    private ObjectNode groups(String method, List<String> rest, Map<String, String> query, byte[] body)
            throws IOException {
        if (rest.size() == 1) {
            return method.equals("POST")
                    ? groups.create((ObjectNode) tree(body), now())
                    : groups.list(Integer.parseInt(query.getOrDefault("limit", "10")), query.get("cursor"));
        }
        var id = rest.get(1);
        if (rest.size() == 2) {
            return switch (method) {
                case "GET" -> groups.details(id);
                case "PUT" -> groups.change(id, (ObjectNode) tree(body));
                default -> {
                    var deleted = groups.delete(id);
                    messages.forgetGroup(id);
                    yield deleted;
                }
            };
        }
        return switch (rest.get(2)) {
            case "users" -> switch (method) {
                case "GET" -> groups.members(
                        id,
                        Integer.parseInt(query.getOrDefault("pagenum", "1")),
                        Math.min(100, Integer.parseInt(query.getOrDefault("pagesize", "10"))));
                case "POST" -> rest.size() > 3
                        ? groups.add(id, JsonNodeFactory.instance.arrayNode().add(rest.get(3)))
                        : groups.add(id, tree(body).path("usernames"));
                default -> groups.remove(id, rest.get(3));
            };
            case "user" -> StubGroups.data(
                    JsonNodeFactory.instance.booleanNode(groups.group(id).has(rest.get(3))));
            case "admin" -> groups.admin(id, tree(body).path("newadmin").asText());
            default -> throw new Denied(500, "unsupported_service_operation", "no such operation");
        };
    }

    private ObjectNode messages(List<String> rest, byte[] body) throws IOException {
        return switch (String.join("/", rest)) {
            case "messages/users/import" -> messages.take((ObjectNode) tree(body), false, now());
            case "messages/chatgroups/import" -> messages.take((ObjectNode) tree(body), true, now());
            case "messages/msg_recall" -> messages.recall(tree(body), now());
            default -> throw new Denied(500, "unsupported_service_operation", "no such operation");
        };
    }

    /** Hour files are there an hour after the hour ended, for three days. */
    private ObjectNode hour(String name) {
        long now = now() + clockAhead;
        long hour = HOUR_NAME
                        .parse(name, java.time.LocalDateTime::from)
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli()
                / HOUR;
        if (hour < now / HOUR - 72) {
            throw new Denied(
                    400,
                    "illegal_argument",
                    "illegal arguments: appkey: org#app, time: " + name
                            + ", maybe chat message history is expired or unstored");
        }
        if (hour > now / HOUR - 2 || !messages.byHour(exportByImport).containsKey(hour)) {
            throw new Denied(404, "storage_object_not_found", "Failed to find chat message history download url");
        }
        var answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("data")
                .addObject()
                .put("url", "http://127.0.0.1:" + port + "/export/" + hour + ".gz?Expires=1&Signature=s");
        return answer;
    }

    private byte[] export(String name) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            long hour = Long.parseLong(name.replace(".gz", ""));
            for (var message : messages.byHour(exportByImport).getOrDefault(hour, List.of())) {
                zip.write(json.writeValueAsBytes(message.exported()));
                zip.write('\n');
            }
        }
        return bytes.toByteArray();
    }

    /** Settings, faults and questions of tests. */
    private JsonNode control(String what, byte[] body) throws IOException {
        switch (what) {
            case "reset" -> {
                auth.reset();
                rates.reset();
                users.reset();
                groups.reset();
                messages.reset();
                files.reset();
                faults.reset();
                calls.clear();
                exportByImport = false;
                clockAhead = 0;
            }
            case "faults" -> tree(body).forEach(faults::add);
            case "settings" -> settings(tree(body));
            case "plants" -> tree(body).forEach(plants::plant);
            case "change" -> {
                var change = tree(body);
                var path = List.of(change.path("path").asText().substring(1).split("/"));
                var content = json.writeValueAsBytes(change.path("body"));
                return path.get(0).equals("users")
                        ? users(change.path("method").asText(), path, Map.of(), content)
                        : groups(change.path("method").asText(), path, Map.of(), content);
            }
            case "expire" -> auth.expireAll(now() / 1000);
            default -> {
                return state();
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private void settings(JsonNode to) {
        messages.groupHistory = to.path("groupHistory").asText(messages.groupHistory);
        messages.quota = to.path("messageQuota").asInt(messages.quota);
        users.quota = to.path("userQuota").asInt(users.quota);
        users.passwords = to.path("passwords").asBoolean(users.passwords);
        groups.quota = to.path("groupQuota").asInt(groups.quota);
        files.largest = to.path("largestFile").asInt(files.largest);
        exportByImport = to.path("exportByImport").asBoolean(exportByImport);
        clockAhead = to.path("clockAheadHours").asLong(clockAhead / HOUR) * HOUR;
        to.path("rates")
                .properties()
                .forEach(e -> rates.limit(e.getKey(), e.getValue().asInt()));
    }

    private ObjectNode state() {
        var state = JsonNodeFactory.instance.objectNode();
        state.set("users", json.valueToTree(users.users));
        state.set("attributes", json.valueToTree(users.attributes));
        var all = state.putObject("groups");
        groups.groups.values().forEach(group -> {
            var one = all.putObject(group.id);
            one.setAll(group.fields);
            one.put("created", group.created);
            group.members.forEach(one.putArray("members")::add);
            group.admins.forEach(one.putArray("admins")::add);
        });
        var sent = state.putArray("messages");
        messages.messages
                .values()
                .forEach(message -> sent.add(message.body()
                        .deepCopy()
                        .put("msg_id", message.id())
                        .put("group", message.group())
                        .put("shownAt", message.time())));
        var stored = state.putObject("files");
        files.files.forEach(
                (id, file) -> stored.putObject(id).put("name", file.name()).put("sha256", file.sha256()));
        state.put("ghosts", messages.ghosts).put("tokens", auth.issued()).put("fired", faults.fired());
        state.set("calls", json.valueToTree(calls));
        state.set("most", json.valueToTree(rates.most()));
        state.set("refused", json.valueToTree(rates.refused()));
        return state;
    }

    /** Which limit a call spends: one for users and what belongs to them, one a kind of import. */
    private static String family(List<String> rest) {
        return switch (rest.get(0)) {
            case "users", "metadata" -> "users";
            case "messages" -> rest.get(1).equals("msg_recall")
                    ? "recall"
                    : rest.get(1).equals("users") ? "import-users" : "import-groups";
            case "chatmessages" -> "export";
            default -> rest.get(0);
        };
    }

    private ObjectNode envelope(HttpExchange exchange, ObjectNode answer) {
        var envelope = JsonNodeFactory.instance.objectNode();
        envelope.put("action", exchange.getRequestMethod().toLowerCase(java.util.Locale.ROOT));
        envelope.put("organization", "org").put("applicationName", "app").put("timestamp", now());
        envelope.put("duration", 1);
        envelope.setAll(answer);
        return envelope;
    }

    private ObjectNode error(Denied denied) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("error", denied.error)
                .put("exception", "java.lang.IllegalStateException")
                .put("timestamp", now())
                .put("duration", 0)
                .put("error_description", denied.getMessage());
    }

    private JsonNode tree(byte[] body) throws IOException {
        try {
            return json.readTree(body);
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

    private static long now() {
        return Instant.now().toEpochMilli();
    }
}
