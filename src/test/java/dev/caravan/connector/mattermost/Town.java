package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Origin;
import dev.caravan.model.Outcome;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.StageSlot;
import dev.caravan.transform.link.TargetNames.Place;

import static org.assertj.core.api.Assertions.assertThat;

/** Brings canonical records through mapping, shape, stage and seal: the sink's whole road with a ledger in memory. */
final class Town {

    final MemorySource ledger = new MemorySource();
    final ObjectNode sink = JsonNodeFactory.instance
            .objectNode()
            .put("team", "town")
            .put("emailDomain", "example.org")
            .put("botOwner", "admin");
    final Map<Kind, List<String>> rules = new HashMap<>();

    private final MattermostMappings mappings = new MattermostMappings();
    private final MattermostShape shape = new MattermostShape();
    private final MattermostStage stage = new MattermostStage();
    private final Map<String, ObjectNode> links = new HashMap<>();
    private final ObjectNode users = JsonNodeFactory.instance.objectNode();
    private final ObjectNode channels = JsonNodeFactory.instance.objectNode();
    private final Path folder;

    Town(Path folder) {
        this.folder = folder;
        stage.open(folder, Map.of());
    }

    /** Everybody of the list, {@code U-} before the name as id. */
    Town people(String... names) {
        for (String name : names) {
            user("{id: 'U-%s', name: '%s'}".formatted(name, name));
        }
        return this;
    }

    Town user(String canonical) {
        var user = canonical("user", canonical);
        String name = new MattermostNames().user(user);
        users.put(user.path("id").asText(), name);
        user.putObject("links").put("name", name);
        ledger.person(name, deliver(Kind.USER, user).get(0));
        return this;
    }

    Town channel(String canonical) {
        var channel = canonical("channel", canonical);
        var members = new ArrayList<String>();
        channel.path("members")
                .forEach(id -> members.add(users.path(id.asText()).asText()));
        var distinct = members.stream().distinct().sorted().toList();
        var place = new MattermostNames().place(channel, distinct);
        var link =
                JsonNodeFactory.instance.objectNode().put("type", place.type()).put("name", place.name());
        distinct.forEach(link.withArray("/members")::add);
        links.put(channel.path("id").asText(), link);
        channels.put(channel.path("id").asText(), place.name());
        channel.set("links", link);
        ledger.conversation(place, deliver(Kind.CHANNEL, channel).get(0));
        return this;
    }

    Town member(String channelId, String userId, String role) {
        var membership = canonical(
                "membership",
                "{id: '%s/%s', channel: '%s', user: '%s', role: '%s'}"
                        .formatted(channelId, userId, channelId, userId, role));
        var place = links.get(channelId);
        String name = users.path(userId).asText();
        membership
                .putObject("links")
                .put("user", name)
                .put("channel", place.path("name").asText())
                .put("type", place.path("type").asText());
        ledger.membership(name, deliver(Kind.MEMBERSHIP, membership).get(0));
        return this;
    }

    Town emoji(String canonical) {
        var emoji = canonical("emoji", canonical);
        ledger.emoji.put(emoji.path("name").asText(), deliver(Kind.EMOJI, emoji).get(0));
        return this;
    }

    Town message(String canonical) {
        return message((ObjectNode) MattermostMappings.json(canonical));
    }

    Town message(ObjectNode canonical) {
        var message = linked(canonical);
        var place = links.get(message.path("channel").asText());
        var item = items(Kind.MESSAGE, message).get(0);
        String key = new Place(place.path("type").asText(), place.path("name").asText()).key();
        ledger.messages.put(
                message.path("id").asText(),
                new SealSource.Message(
                        key,
                        message.path("id").asText(),
                        message.path("thread").asText(null),
                        message.path("time").asLong(),
                        item.target().objects(),
                        ((Outcome.Accepted) item.outcome()).stage(),
                        0,
                        false));
        return this;
    }

    /** With what the link step adds, and what every message must have. */
    ObjectNode linked(ObjectNode message) {
        message.put("kind", "message");
        if (!message.has("type")) {
            message.put("type", "text");
        }
        if (!message.has("text")) {
            message.put("text", "");
        }
        var link = message.putObject("links");
        link.set("users", users);
        link.set("channels", channels);
        link.set("place", links.get(message.path("channel").asText()));
        return message;
    }

    JsonNode mapped(Kind kind, ObjectNode linked) {
        return mappings.to(kind, linked, sink);
    }

    /** The package of it, which breaks no rule of the format. */
    Path seal() {
        Path zip = seal("town.zip");
        assertThat(MattermostPackageRules.broken(zip)).isEmpty();
        return zip;
    }

    /** The one object of this type in that package. */
    JsonNode only(String type) throws IOException {
        var objects = lines(seal(), type);
        assertThat(objects).hasSize(1);
        return objects.get(0);
    }

    Path seal(String name) {
        return seal(name, PostSpool.MAX_LINE);
    }

    Path seal(String name, int maxLine) {
        Path target = folder.resolve(name);
        var settings = new SealSettings("town", "The Town", false, folder.resolve("files"), 1, "example.org");
        new MattermostSeal().seal(ledger, settings, folder, target, maxLine);
        return target;
    }

    static List<String> lines(Path zip) throws IOException {
        try (var file = new ZipFile(zip.toFile())) {
            var text = file.getInputStream(file.getEntry(MattermostSeal.JSONL)).readAllBytes();
            return new String(text, StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** The objects of one type. */
    static List<JsonNode> lines(Path zip, String type) throws IOException {
        var json = JsonMapper.builder().build();
        var objects = new ArrayList<JsonNode>();
        for (String line : lines(zip)) {
            var tree = json.readTree(line);
            if (tree.path("type").asText().equals(type)) {
                objects.add(tree.path(type));
            }
        }
        return objects;
    }

    /** Read back, as canonical records. */
    List<JsonNode> read(Path zip, Kind kind) {
        var records = new ArrayList<JsonNode>();
        try (var reader =
                new MattermostPackage().read(new ReadRequest(kind, Lane.WHOLE, null), zip.toString(), null, null)) {
            reader.forEachRemaining(
                    batch -> batch.items().forEach(item -> records.add(mappings.from(kind, item.source()))));
        }
        return records;
    }

    private static ObjectNode canonical(String kind, String text) {
        return ((ObjectNode) MattermostMappings.json(text)).put("kind", kind);
    }

    private List<StageSlot> deliver(Kind kind, ObjectNode linked) {
        return items(kind, linked).stream()
                .map(item -> ((Outcome.Accepted) item.outcome()).stage())
                .toList();
    }

    private List<Item> items(Kind kind, ObjectNode linked) {
        var mapped = mappings.to(kind, linked, sink);
        var target = shape.write(kind, mapped);
        rules.computeIfAbsent(kind, key -> new ArrayList<>()).addAll(target.rules());
        var item = Item.read(new Origin("town", "town", 0, -1), new byte[0], linked)
                .withLinked(linked)
                .withTarget(target);
        return stage.deliver(Batch.read(kind, Lane.WHOLE, null, null, List.of(item), List.of()))
                .items();
    }
}
