package dev.caravan.fakechat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the chat answers when nothing is broken. */
final class FakeApi {

    /** Items in one request. */
    static final int MOST_ITEMS = 60;

    private static final int MOST_READ = 1000;

    private final ObjectMapper json;
    private final FakeStore store;
    private final FakeTokens tokens;

    FakeApi(ObjectMapper json, FakeStore store, FakeTokens tokens) {
        this.json = json;
        this.store = store;
        this.tokens = tokens;
    }

    FakeReply answer(FakeRequest request) throws IOException {
        if (request.line().equals("POST /token")) {
            return token(request);
        }
        if (!tokens.valid(request.token())) {
            return FakeReply.error(401, "token");
        }
        var parts = request.path().split("/");
        var kind = parts.length > 1 ? FakeKind.ofWord(parts[1]) : Optional.<FakeKind>empty();
        if (kind.isEmpty() || parts.length > 3) {
            return FakeReply.error(404, "path");
        }
        try {
            return parts.length == 2 ? ofKind(request, kind.get()) : ofObject(request, kind.get(), parts[2]);
        } catch (JsonProcessingException e) {
            return FakeReply.error(400, "json");
        }
    }

    private FakeReply token(FakeRequest request) throws IOException {
        var body = request.body().length == 0 ? json.createObjectNode() : json.readTree(request.body());
        var token = tokens.issue(body.path("secret").asText());
        return token == null
                ? FakeReply.error(403, "secret")
                : FakeReply.json(200, json.createObjectNode().put("token", token));
    }

    private FakeReply ofKind(FakeRequest request, FakeKind kind) throws IOException {
        return switch (request.method()) {
            case "POST" -> kind == FakeKind.FILES ? file(request) : add(request, kind);
            case "GET" -> request.query().containsKey("source") ? found(request, kind) : page(request, kind);
            default -> FakeReply.error(405, "method");
        };
    }

    private FakeReply ofObject(FakeRequest request, FakeKind kind, String id) throws IOException {
        if (FakeKind.ofId(id).filter(kind::equals).isEmpty()) {
            return FakeReply.error(404, "unknown");
        }
        return switch (request.method()) {
            case "GET" -> store.get(id)
                    .map(object -> FakeReply.json(200, object))
                    .orElseGet(() -> FakeReply.error(404, "unknown"));
            case "PUT" -> edit(request, kind, id);
            case "DELETE" -> store.inUse(id) ? FakeReply.error(409, "in-use") : there(store.delete(id), id);
            default -> FakeReply.error(405, "method");
        };
    }

    private FakeReply edit(FakeRequest request, FakeKind kind, String id) throws IOException {
        if (!(json.readTree(request.body()) instanceof ObjectNode item)) {
            return FakeReply.error(400, "not-an-object");
        }
        var wrong = wrong(kind, item);
        if (wrong.isPresent()) {
            return FakeReply.error(422, wrong.get());
        }
        return store.edit(id, item)
                .map(version -> FakeReply.json(
                        200, json.createObjectNode().put("id", id).put("version", version)))
                .orElseGet(() -> FakeReply.error(404, "unknown"));
    }

    private FakeReply there(boolean there, String id) {
        return there ? FakeReply.json(200, json.createObjectNode().put("id", id)) : FakeReply.error(404, "unknown");
    }

    private FakeReply add(FakeRequest request, FakeKind kind) throws IOException {
        var items = items(request);
        if (items.isEmpty() || items.size() > MOST_ITEMS) {
            return FakeReply.error(400, "number-of-items");
        }
        var good = new ArrayList<ObjectNode>();
        var results = new ArrayList<ObjectNode>();
        for (var item : items) {
            var wrong = wrong(kind, item);
            var result = json.createObjectNode();
            if (wrong.isPresent()) {
                result.put("error", wrong.get()).put("message", "not taken");
            } else {
                good.add(item);
            }
            results.add(result);
        }
        var ids = store.add(kind, good).iterator();
        results.stream().filter(ObjectNode::isEmpty).forEach(result -> result.put("id", ids.next()));
        var answer = json.createObjectNode();
        answer.putArray("results").addAll(results);
        return FakeReply.json(200, answer);
    }

    /** What a request wants to add; empty when it has no such list. */
    List<ObjectNode> items(FakeRequest request) throws IOException {
        var items = new ArrayList<ObjectNode>();
        for (var item : json.readTree(request.body()).path("items")) {
            items.add(item instanceof ObjectNode object ? object : json.createObjectNode());
        }
        return items;
    }

    FakeRequest withItems(FakeRequest request, List<ObjectNode> items) throws IOException {
        var body = json.createObjectNode();
        body.putArray("items").addAll(items);
        return request.withBody(json.writeValueAsBytes(body));
    }

    private Optional<String> wrong(FakeKind kind, ObjectNode item) {
        if (!item.path("source").isTextual()) {
            return Optional.of("no-source");
        }
        if (kind == FakeKind.MESSAGES || kind == FakeKind.MEMBERSHIPS) {
            if (store.resolve(FakeKind.CHANNELS, item.path("channel").asText()).isEmpty()) {
                return Optional.of("unknown-channel");
            }
            var person =
                    item.path(kind == FakeKind.MESSAGES ? "author" : "user").asText();
            if (store.resolve(FakeKind.USERS, person).isEmpty()) {
                return Optional.of("unknown-user");
            }
        }
        return Optional.empty();
    }

    private FakeReply file(FakeRequest request) throws IOException {
        var file = json.createObjectNode()
                .put("source", request.query().getOrDefault("source", ""))
                .put("bytes", Base64.getEncoder().encodeToString(request.body()));
        return there(true, store.add(FakeKind.FILES, List.of(file)).get(0));
    }

    private FakeReply found(FakeRequest request, FakeKind kind) throws IOException {
        return list(store.find(kind, request.query().get("source")), false);
    }

    private FakeReply page(FakeRequest request, FakeKind kind) throws IOException {
        var channel = request.query().get("channel");
        var id = Optional.ofNullable(channel).flatMap(c -> store.resolve(FakeKind.CHANNELS, c));
        if (channel != null && id.isEmpty()) {
            return FakeReply.error(404, "unknown-channel");
        }
        int limit = Math.min(MOST_READ, Integer.parseInt(request.query().getOrDefault("limit", "100")));
        var after = request.query().get("after");
        var page = store.page(kind, id.orElse(null), after == null ? 0 : FakeKind.number(after), limit);
        return list(page, page.size() == limit);
    }

    private FakeReply list(List<ObjectNode> objects, boolean more) {
        var answer = json.createObjectNode();
        answer.putArray("items").addAll(objects);
        if (more) {
            answer.put("next", objects.get(objects.size() - 1).path("id").asText());
        }
        return FakeReply.json(200, answer);
    }
}
