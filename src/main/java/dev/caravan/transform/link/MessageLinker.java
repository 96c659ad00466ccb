package dev.caravan.transform.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Refusal;

/**
 * Links a message: its conversation, everybody in it, what its text refers to, and the root of its thread. Links are
 * {@code users} and {@code channels} (source id -> target name) and {@code place}, where the message goes.
 */
final class MessageLinker {

    private final Directory directory;
    private final PeopleLinker people;
    private final ConversationLinker conversations;
    private final Roots roots;
    private final LinkPolicy policy;

    MessageLinker(
            Directory directory,
            PeopleLinker people,
            ConversationLinker conversations,
            Roots roots,
            LinkPolicy policy) {
        this.directory = directory;
        this.people = people;
        this.conversations = conversations;
        this.roots = roots;
        this.policy = policy;
    }

    Batch link(Batch batch, Placeholders missing) {
        var orphans = orphans(batch);
        var items = new ArrayList<Item>(batch.items().size());
        var refused = new ArrayList<Refusal>();
        var findings = new ArrayList<Finding>();
        var places = new HashMap<String, ObjectNode>();
        for (Item item : batch.items()) {
            var message = item.canonical();
            var root = message.path("thread").asText(null);
            var author = message.path("author").asText();
            if (!policy.placeholderAuthors() && directory.person(author).isEmpty() && !people.isKnown(author)) {
                refused.add(item.refuse(batch.kind(), "link", "unknown-author", author));
                continue;
            }
            if (root != null && orphans.contains(root)) {
                var stub = !policy.inDates().test(message.path("threadTime").asLong());
                if (!stub && !policy.placeholderRoots()) {
                    refused.add(item.refuse(batch.kind(), "link", "orphan-reply", root));
                    continue;
                }
                makeRoot(message, root, stub, missing);
                orphans.remove(root);
            }
            var channel = message.path("channel").asText();
            var place = places.computeIfAbsent(channel, id -> conversations.placeOf(id, missing));
            items.add(item.withLinked(Links.add(message, links(message, place, missing, findings))));
        }
        return batch.withItems(items).plusRefused(refused).plusFindings(findings);
    }

    /** Roots that replies of the batch name and that are neither in the batch nor delivered. */
    private Set<String> orphans(Batch batch) {
        Map<String, Map<String, Long>> wanted = new HashMap<>();
        Set<String> here = new HashSet<>();
        for (Item item : batch.items()) {
            var message = item.canonical();
            here.add(message.path("id").asText());
            if (message.has("thread")) {
                wanted.computeIfAbsent(message.path("channel").asText(), c -> new HashMap<>())
                        .put(
                                message.path("thread").asText(),
                                message.path("threadTime").asLong());
            }
        }
        Set<String> orphans = new HashSet<>();
        wanted.forEach((channel, named) -> {
            named.keySet().removeAll(here);
            orphans.addAll(named.keySet());
            directory
                    .conversation(channel)
                    .filter(link -> !named.isEmpty() && !link.leftOut())
                    .ifPresent(link -> orphans.removeAll(roots.delivered(link.number(), named)));
        });
        return orphans;
    }

    private static void makeRoot(JsonNode reply, String root, boolean stub, Placeholders missing) {
        missing.root(
                stub ? Placeholders.STUB_ROOT : Placeholders.ORPHAN_REPLY,
                root,
                reply.path("channel").asText(),
                reply.path("threadAuthor").asText(reply.path("author").asText()),
                reply.path("threadTime").asLong());
    }

    private ObjectNode links(JsonNode message, ObjectNode place, Placeholders missing, List<Finding> findings) {
        ObjectNode links = JsonNodeFactory.instance.objectNode();
        var users = links.putObject("users");
        user(message.path("author").asText(), users, missing);
        for (JsonNode reaction : message.path("reactions")) {
            reaction.path("users").forEach(user -> user(user.asText(), users, missing));
        }
        var id = message.path("id").asText();
        var references = new TextReferences(directory, "message", id, users, findings);
        references.withChannels(links.putObject("channels"));
        references.in(message.path("text"));
        references.in(message.path("cards"));
        links.set("place", place);
        return links;
    }

    private void user(String id, ObjectNode users, Placeholders missing) {
        if (!users.has(id)) {
            users.put(id, people.nameOf(id, missing));
        }
    }
}
