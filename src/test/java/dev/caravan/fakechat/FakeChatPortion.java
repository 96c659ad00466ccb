package dev.caravan.fakechat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Item;
import dev.caravan.model.Outcome;
import dev.caravan.transport.TargetIds;
import dev.caravan.transport.http.Reply;

/**
 * Sends the records of one batch, in order, in as few calls as can be: a reply waits for the id of its root, and an edit
 * is a call of its own. Once one has to be sent again or is in doubt, nothing after it is sent.
 */
final class FakeChatPortion {

    private static final int FORBIDDEN = 403;

    private final ObjectMapper json;
    private final FakeChatCalls calls;
    private final TargetIds ids;
    private final FakeKind kind;
    private final int itemsPerCall;
    private final List<Outcome> outcomes = new ArrayList<>();
    /** Records that wait for a call they share; by source id. */
    private final Map<String, ObjectNode> waiting = new LinkedHashMap<>();

    private final Map<String, String> accepted = new HashMap<>();
    private boolean held;

    FakeChatPortion(ObjectMapper json, FakeChatCalls calls, TargetIds ids, FakeKind kind, int itemsPerCall) {
        this.json = json;
        this.calls = calls;
        this.ids = ids;
        this.kind = kind;
        this.itemsPerCall = itemsPerCall;
    }

    /** An outcome for each, in order. */
    List<Outcome> send(List<Item> items) {
        for (var item : items) {
            var object = object(item);
            var source = object.path("source").asText();
            var root = object.path("thread").path("id").asText(null);
            var present = item.target().present();
            if (present != null || waiting.containsKey(root) || waiting.containsKey(source) || full()) {
                flush();
            }
            if (held) {
                break;
            }
            if (root != null && !rooted(object, object.path("thread"), root)) {
                flush();
                add(held ? FakeChatOutcomes.NOT_SENT : new Outcome.Refused("unknown-root", root));
            } else if (present != null) {
                edit(present, object);
            } else {
                waiting.put(source, object);
            }
        }
        flush();
        outcomes.addAll(Collections.nCopies(items.size() - outcomes.size(), FakeChatOutcomes.NOT_SENT));
        return outcomes;
    }

    private boolean full() {
        return waiting.size() >= itemsPerCall;
    }

    private void edit(String id, ObjectNode object) {
        var reply = calls.ask("PUT", "/" + kind.word() + "/" + id, object);
        add(FakeChatOutcomes.ofEdited(kind, id, reply, calls.tree(reply)));
    }

    private void flush() {
        if (waiting.isEmpty() || held) {
            return;
        }
        var results = post(List.copyOf(waiting.values()));
        waiting.keySet().forEach(source -> {
            var outcome = results.get(source);
            if (outcome instanceof Outcome.Accepted there) {
                accepted.put(source, there.targetId());
            }
            add(outcome);
        });
        waiting.clear();
    }

    /** Outcomes by source id. When one of several channels may be forbidden, each gets a call of its own. */
    private Map<String, Outcome> post(List<ObjectNode> objects) {
        var body = json.createObjectNode();
        body.putArray("items").addAll(objects);
        var reply = calls.ask("POST", "/" + kind.word(), body);
        var channels = objects.stream()
                .collect(Collectors.groupingBy(
                        object -> object.path("channel").asText(), LinkedHashMap::new, Collectors.toList()));
        var outcomesBySource = new HashMap<String, Outcome>();
        if (reply instanceof Reply.Answer answer && answer.status() == FORBIDDEN && channels.size() > 1) {
            channels.values().forEach(ofChannel -> outcomesBySource.putAll(post(ofChannel)));
            return outcomesBySource;
        }
        var results = FakeChatOutcomes.ofAdded(kind, objects.size(), reply, calls.tree(reply))
                .iterator();
        objects.forEach(object -> outcomesBySource.put(object.path("source").asText(), results.next()));
        return outcomesBySource;
    }

    private void add(Outcome outcome) {
        held |= outcome instanceof Outcome.Retry || outcome instanceof Outcome.Unknown;
        outcomes.add(outcome);
    }

    /** Names the root by the chat's id; false when the chat does not have it. */
    private boolean rooted(ObjectNode object, JsonNode thread, String root) {
        var id = accepted.containsKey(root)
                ? accepted.get(root)
                : ids.ofMessage(
                                thread.path("conversation").asText(),
                                thread.path("time").asLong(),
                                root)
                        .orElse(null);
        object.set("root", thread);
        object.put("thread", id);
        return id != null;
    }

    private ObjectNode object(Item item) {
        try {
            return (ObjectNode) json.readTree(item.target().payload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
