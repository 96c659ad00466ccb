package dev.caravan.connector.agora;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.agora.AgoraStub;
import dev.caravan.agora.AgoraStubProcess;
import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Origin;
import dev.caravan.model.Outcome;
import dev.caravan.transport.TargetIds;

/** A sink before the stub, the records a test sends through it, and what a ledger would remember of them. */
final class AgoraTown implements AutoCloseable {

    final Map<String, String> properties = new TreeMap<>();
    final List<Effect> effects = new ArrayList<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, List<String>> messages = new HashMap<>();
    private final AgoraShape shape = new AgoraShape();
    private AgoraSink sink;
    /** When messages were sent last, as the ledger has it. */
    Instant lastSent;

    AgoraTown(AgoraStubProcess stub) {
        properties.put("restUrl", stub.url());
        properties.put("appId", AgoraStub.APP_ID);
        properties.put("appCertificate", AgoraStub.CERTIFICATE);
        properties.put("groupOwner", "keeper");
        properties.put("groupHistory", "shift");
        properties.put("shiftAccepted", "1000");
        properties.put("importRate", "10000");
        properties.put("historyRate", "60000");
        properties.put("rateShare", "1");
        properties.put("deleteGroups", "true");
    }

    AgoraTown with(String property, String value) {
        properties.put(property, value);
        return this;
    }

    AgoraSink sink() {
        if (sink == null) {
            restart(Duration.ZERO);
        }
        return sink;
    }

    /** Another process, which knows only what the ledger knows. */
    void restart(Duration ahead) {
        close();
        sink = new AgoraSink(Clock.offset(Clock.systemDefaultZone(), ahead));
        sink.open(properties, new Remembered());
    }

    List<Outcome> users(String... names) {
        var items = new ArrayList<Item>();
        for (var name : names) {
            var mapped = Json.object().put("username", name);
            mapped.putObject("attributes")
                    .put("nickname", "The " + name)
                    .put("ext", Json.object().put("caravan_id", name).toString());
            items.add(item(Kind.USER, name, mapped));
        }
        return send(Kind.USER, items);
    }

    Outcome group(String id, String creator) {
        return send(Kind.CHANNEL, List.of(groupItem(id, creator))).get(0);
    }

    Item groupItem(String id, String creator) {
        var mapped = Json.object().put("creator", creator);
        mapped.putObject("group").put("groupname", id).put("description", "").put("public", true);
        mapped.putObject("custom").put("caravan_id", id).put("name", id).put("type", "public");
        return item(Kind.CHANNEL, id, mapped);
    }

    List<Outcome> members(String channel, String... users) {
        var items = new ArrayList<Item>();
        for (var user : users) {
            items.add(item(
                    Kind.MEMBERSHIP,
                    channel + "/" + user,
                    Json.object().put("channel", channel).put("user", user)));
        }
        return send(Kind.MEMBERSHIP, items);
    }

    /** @param time ms */
    ObjectNode message(String channel, String id, String from, long time, String text) {
        var mapped = Json.object().put("from", from).put("channel", channel).put("time", time * 1000);
        mapped.put("text", text);
        var place = mapped.putObject("place");
        boolean direct = channel.contains(",");
        place.put("type", direct ? "direct" : "public").put("name", channel);
        if (direct) {
            List.of(channel.split(",")).forEach(place.putArray("members")::add);
        }
        mapped.putObject("about").put("id", id).put("time", time);
        return mapped;
    }

    List<Outcome> messages(ObjectNode... mapped) {
        var items = new ArrayList<Item>();
        for (var message : mapped) {
            items.add(item(Kind.MESSAGE, message.path("about").path("id").asText(), message));
        }
        return send(Kind.MESSAGE, items);
    }

    Item item(Kind kind, String id, ObjectNode mapped) {
        return Item.read(new Origin("test", "test", 0, 0), id.getBytes(StandardCharsets.UTF_8), Json.object())
                .withCanonical(Json.object().put("id", id))
                .withTarget(shape.write(kind, mapped));
    }

    List<Outcome> send(Kind kind, List<Item> items) {
        var answered = sink().deliver(Batch.read(kind, Lane.WHOLE, null, null, items, List.of()));
        answered.items().forEach(item -> remember(kind, item));
        return answered.items().stream().map(Item::outcome).toList();
    }

    private void remember(Kind kind, Item item) {
        if (item.outcome() instanceof Outcome.Accepted accepted) {
            effects.addAll(accepted.effects());
            if (accepted.targetId() != null) {
                ids.put(kind + item.id(), accepted.targetId());
                if (kind == Kind.MESSAGE) {
                    var channel =
                            Json.read(item.target().payload()).path("channel").asText();
                    messages.computeIfAbsent(channel, c -> new ArrayList<>()).add(accepted.targetId());
                }
            }
        }
    }

    @Override
    public void close() {
        if (sink != null) {
            sink.close();
        }
    }

    private final class Remembered implements TargetIds {
        @Override
        public Optional<String> of(Kind kind, String sourceId) {
            return Optional.ofNullable(ids.get(kind + sourceId));
        }

        @Override
        public Optional<String> ofMessage(String conversation, long time, String id) {
            return Optional.ofNullable(ids.get(Kind.MESSAGE + id));
        }

        @Override
        public Optional<Instant> lastSent() {
            return Optional.ofNullable(lastSent);
        }

        @Override
        public Optional<String> greatestOfMessages(String conversation) {
            return messages.getOrDefault(conversation, List.of()).stream().max(String::compareTo);
        }
    }
}
