package dev.caravan.transform.link;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Link;
import dev.caravan.model.Origin;
import dev.caravan.model.Tally;

/** What one batch leans on and the source does not have: made here, delivered before the batch by the same road. */
final class Placeholders {

    static final String MISSING_AUTHOR = "missing-author";
    static final String MISSING_CHANNEL = "missing-channel";
    static final String ORPHAN_REPLY = "orphan-reply";

    /** The root is in the source, and the dates leave it out. */
    static final String STUB_ROOT = "stub-root";

    private static final String BOT = "bot:";
    private static final Origin MADE = new Origin("caravan", "placeholder", -1, -1);

    private final Map<Kind, List<ObjectNode>> made = new EnumMap<>(Kind.class);
    private final List<Finding> findings = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    /** The record of somebody of whom only the id is known. */
    static ObjectNode user(String id) {
        var user = record(Kind.USER, id).put("name", id);
        return isBot(id)
                ? user.put("displayName", id.substring(BOT.length())).put("bot", true)
                : user.put("displayName", id).put("deleted", true);
    }

    /** Whether the record that names an author says that it is a bot. */
    static boolean isBot(String id) {
        return id.startsWith(BOT) && id.length() > BOT.length();
    }

    void user(ObjectNode user, Link link) {
        made(Kind.USER, user, MISSING_AUTHOR);
        links.add(link);
    }

    /** The record of a conversation of which only the id is known: private, since nobody says that all may read it. */
    static ObjectNode channel(String id) {
        return record(Kind.CHANNEL, id).put("type", "private").put("name", id);
    }

    void channel(ObjectNode channel, Link link) {
        made(Kind.CHANNEL, channel, MISSING_CHANNEL);
        links.add(link);
    }

    /** @param rule why the root is not there */
    void root(String rule, String id, String channel, String author, long time) {
        var root = record(Kind.MESSAGE, id)
                .put("channel", channel)
                .put("author", author)
                .put("time", time)
                .put("text", "")
                .put("type", "system");
        made(Kind.MESSAGE, root, rule);
    }

    private static ObjectNode record(Kind kind, String id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", kind.word())
                .put("id", id)
                .put("placeholder", true);
    }

    private void made(Kind kind, ObjectNode record, String rule) {
        made.computeIfAbsent(kind, k -> new ArrayList<>()).add(record);
        findings.add(new Finding(rule, kind.word(), record.path("id").asText(), ""));
    }

    /** People first, then conversations, then roots: each leans on the ones before. */
    List<Batch> batches(Lane lane) {
        return made.entrySet().stream()
                .map(entry -> new Batch(
                        entry.getKey(),
                        lane,
                        null,
                        null,
                        entry.getValue().stream().map(Placeholders::item).toList(),
                        List.of(),
                        findings.stream()
                                .filter(finding ->
                                        finding.kind().equals(entry.getKey().word()))
                                .toList(),
                        links.stream()
                                .filter(link -> link.kind() == entry.getKey())
                                .toList(),
                        Tally.NONE))
                .toList();
    }

    private static Item item(ObjectNode canonical) {
        var raw = canonical.toString().getBytes(StandardCharsets.UTF_8);
        return Item.read(MADE, raw, canonical).withCanonical(canonical);
    }
}
