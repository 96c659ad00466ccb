package dev.caravan.connector.mattermost;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.connector.mattermost.PostObject.Placed;
import dev.caravan.transform.text.TextSplitter;

/**
 * Lays one message out as the posts it becomes, within Mattermost's limits. {@code props.caravan} tells the objects
 * apart that are not a message of their own: {@code more} goes on with the one before, {@code copy} repeats a reply that
 * is marked {@code broadcast}.
 */
final class PostLayout {

    static final String MARK = "caravan";
    /** In {@code props}: the source id of the record, by which it is known again when it is read back. */
    static final String RECORD = "caravan_id";

    static final int MAX_TEXT = 16_383;
    static final int MAX_ATTACHMENTS = 10;
    static final int MAX_PROPS = 800_000;

    /** 190 bytes each at most; with text, props and attachments a post stays below the 16 MiB of a line. */
    static final int MAX_REACTIONS = 50_000;

    private final Set<MattermostRule> rules = EnumSet.noneOf(MattermostRule.class);
    private final List<PostObject> objects = new ArrayList<>();

    /** @param mapped {@code role}, {@code post} and {@code broadcast} as the mapping answers them */
    PostLayout(JsonNode mapped) {
        var post = (ObjectNode) mapped.get("post");
        boolean reply = mapped.path("role").asText().equals("reply");
        var first = limited(post);
        var texts = texts(first);
        var attachments = attachments(first);
        if (texts.size() > 1 || attachments.size() > 1) {
            first = first.deepCopy();
            first.put("message", texts.get(0));
            set(first, "attachments", attachments.isEmpty() ? null : attachments.get(0));
            if (texts.size() > 1) {
                // Half of a /me text would keep one asterisk; the whole of it would not fit into the props.
                first.remove("type");
                if (first.path("props") instanceof ObjectNode props) {
                    props.remove("message");
                }
            }
        }
        boolean broadcast = reply && mapped.path("broadcast").asBoolean();
        if (broadcast) {
            first = marked(first, "broadcast");
        }
        objects.add(new PostObject(reply ? Placed.REPLY : Placed.ROOT, first));
        for (int i = 1; i < Math.max(texts.size(), attachments.size()); i++) {
            objects.add(new PostObject(Placed.MORE, more(first, i, texts, attachments)));
        }
        if (broadcast) {
            objects.add(new PostObject(Placed.COPY, copy(first, objects.size())));
            rules.add(MattermostRule.BROADCAST_COPY);
        }
    }

    List<PostObject> objects() {
        return objects;
    }

    Set<MattermostRule> rules() {
        return rules;
    }

    private ObjectNode limited(ObjectNode post) {
        var result = post;
        var reactions = distinct(post.path("reactions"));
        if (reactions != null) {
            result = result.deepCopy();
            result.set("reactions", reactions);
            rules.add(MattermostRule.REACTION_MERGED);
        }
        if (result.path("reactions").size() > MAX_REACTIONS) {
            result = result.deepCopy();
            result.set("reactions", first(result.path("reactions")));
            rules.add(MattermostRule.REACTIONS_CUT);
        }
        if (!post.path("props").path("attachments").isEmpty() && tooLong(withoutText(post.get("props")))) {
            result = result.deepCopy();
            dropCards((ObjectNode) result.get("props"));
            rules.add(MattermostRule.CARDS_TOO_LARGE);
        }
        return result;
    }

    private List<String> texts(ObjectNode post) {
        String text = post.path("message").asText("");
        if (text.length() <= MAX_TEXT || text.codePointCount(0, text.length()) <= MAX_TEXT) {
            return List.of(text);
        }
        rules.add(MattermostRule.TEXT_SPLIT);
        boolean me = post.path("type").asText("").equals("me");
        return TextSplitter.split(me ? post.at("/props/message").asText(text) : text, MAX_TEXT);
    }

    private List<ArrayNode> attachments(ObjectNode post) {
        var all = post.path("attachments");
        if (all.size() <= MAX_ATTACHMENTS) {
            return all.isEmpty() ? List.of() : List.of((ArrayNode) all);
        }
        rules.add(MattermostRule.ATTACHMENTS_OVERFLOW);
        var parts = new ArrayList<ArrayNode>();
        for (int i = 0; i < all.size(); i++) {
            if (i % MAX_ATTACHMENTS == 0) {
                parts.add(post.arrayNode());
            }
            parts.get(parts.size() - 1).add(all.get(i));
        }
        return parts;
    }

    private static ObjectNode more(ObjectNode first, int index, List<String> texts, List<ArrayNode> attachments) {
        var more = bare(first, index);
        more.put("message", index < texts.size() ? texts.get(index) : "");
        set(more, "attachments", index < attachments.size() ? attachments.get(index) : null);
        var record = first.path("props").path(RECORD);
        if (!record.isMissingNode()) {
            more.putObject("props").set(RECORD, record);
        }
        return marked(more, "more");
    }

    private static ObjectNode copy(ObjectNode reply, int index) {
        var copy = bare(reply, index);
        for (String field : List.of("message", "type", "props", "edit_at", "attachments")) {
            set(copy, field, reply.get(field));
        }
        return marked(copy, "copy");
    }

    private static ObjectNode bare(ObjectNode first, int index) {
        var bare = first.objectNode();
        bare.put("create_at", first.path("create_at").asLong() + index);
        bare.set("user", first.get("user"));
        return bare;
    }

    private static ObjectNode marked(ObjectNode post, String mark) {
        var marked = post.deepCopy();
        marked.withObject("/props").put(MARK, mark);
        return marked;
    }

    private static void set(ObjectNode node, String field, JsonNode value) {
        if (value == null) {
            node.remove(field);
        } else {
            node.set(field, value);
        }
    }

    /** Null when there is nothing to merge. */
    private static ArrayNode distinct(JsonNode reactions) {
        if (reactions.size() < 2) {
            return null;
        }
        var seen = new HashSet<String>();
        var kept = ((ArrayNode) reactions).arrayNode();
        for (var reaction : reactions) {
            if (seen.add(reaction.path("user").asText() + " "
                    + reaction.path("emoji_name").asText())) {
                kept.add(reaction);
            }
        }
        return kept.size() == reactions.size() ? null : kept;
    }

    private static ArrayNode first(JsonNode reactions) {
        var first = ((ArrayNode) reactions).arrayNode();
        for (int i = 0; i < MAX_REACTIONS; i++) {
            first.add(reactions.get(i));
        }
        return first;
    }

    private static boolean tooLong(JsonNode props) {
        String json = props.toString();
        return json.length() > MAX_PROPS && json.codePointCount(0, json.length()) > MAX_PROPS;
    }

    /** The text of a /me message is split or short. */
    private static JsonNode withoutText(JsonNode props) {
        return props.has("message") ? ((ObjectNode) props).deepCopy().without("message") : props;
    }

    /** What is said about files stays: it is short, and there is no other trace of them. */
    private static void dropCards(ObjectNode props) {
        var kept = props.arrayNode();
        for (var card : props.path("attachments")) {
            if (card.has(MARK + "_file")) {
                kept.add(card);
            }
        }
        set(props, "attachments", kept.isEmpty() || tooLong(kept) ? null : kept);
    }

    /** Ids in the order of the enum, after those the mapping names. */
    static List<String> ids(JsonNode named, Set<MattermostRule> rules) {
        if (named.isEmpty() && rules.isEmpty()) {
            return List.of();
        }
        var ids = new LinkedHashSet<String>();
        named.forEach(rule -> ids.add(rule.asText()));
        rules.forEach(rule -> ids.add(rule.id()));
        return List.copyOf(ids);
    }
}
