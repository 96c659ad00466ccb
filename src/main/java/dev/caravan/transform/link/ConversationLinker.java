package dev.caravan.transform.link;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Link;
import dev.caravan.model.Refusal;

/** Gives conversations their place on the target, and memberships both their ends. */
final class ConversationLinker {

    private final Directory directory;
    private final PeopleLinker people;
    private final TargetNames names;
    private final IdentityMaps maps;

    ConversationLinker(Directory directory, PeopleLinker people, TargetNames names, IdentityMaps maps) {
        this.directory = directory;
        this.people = people;
        this.names = names;
        this.maps = maps;
    }

    Batch link(Batch batch, Placeholders missing) {
        var fresh = new ArrayList<Link>();
        var findings = new ArrayList<Finding>();
        var items = batch.items().stream()
                .map(item -> link(item, fresh, findings, missing))
                .toList();
        return batch.withItems(items).plusLinks(fresh).plusFindings(findings);
    }

    private Item link(Item item, List<Link> fresh, List<Finding> findings, Placeholders missing) {
        var canonical = item.canonical();
        List<String> members = new ArrayList<>();
        canonical.path("members").forEach(member -> members.add(people.nameOf(member.asText(), missing)));
        var sorted = members.stream().distinct().sorted().toList();
        var wanted = wanted(canonical, sorted);
        add(canonical, wanted).ifPresent(fresh::add);
        var links = place(directory.conversation(item.id()).orElseThrow());
        var people = new HashSet<String>();
        canonical.path("members").forEach(member -> people.add(member.asText()));
        if (people.size() > sorted.size()) {
            findings.add(new Finding(
                    "members-merged", "channel", item.id(), people.size() + " people are " + sorted.size()));
        }
        if (!links.path("name").asText().equals(wanted.name())) {
            findings.add(new Finding(
                    "name-collision", "channel", item.id(), links.path("name").asText()));
        }
        // A list may name conversations that come later: only people are all linked by now.
        var texts = new TextReferences(directory, "channel", item.id(), links.putObject("users"), findings);
        texts.in(canonical.path("topic"));
        texts.in(canonical.path("purpose"));
        if (!links.has("members") && !sorted.isEmpty()) {
            sorted.forEach(links.putArray("members")::add);
        }
        return item.withLinked(Links.add(canonical, links));
    }

    /** Where a conversation goes; one no list names is made on first sight, private, under its id. */
    ObjectNode placeOf(String id, Placeholders missing) {
        if (directory.conversation(id).isEmpty()) {
            var unknown = Placeholders.channel(id);
            add(unknown, wanted(unknown, List.of())).ifPresent(link -> missing.channel(unknown, link));
        }
        return place(directory.conversation(id).orElseThrow());
    }

    /** A map may give a name to a conversation that had none: it becomes a private channel of its people. */
    private TargetNames.Place wanted(ObjectNode canonical, List<String> members) {
        var place = names.place(canonical, members);
        return maps.channel(canonical)
                .map(name -> new TargetNames.Place("direct".equals(place.type()) ? "private" : place.type(), name))
                .orElse(place);
    }

    private Optional<Link> add(ObjectNode canonical, TargetNames.Place wanted) {
        var id = canonical.path("id").asText();
        var shared = "direct".equals(wanted.type())
                || maps.channel(canonical).isPresent()
                || maps.isTarget(canonical.path("name").asText())
                        && wanted.name().equals(canonical.path("name").asText());
        return directory
                .addConversation(id, wanted, shared, name -> names.distinct(name, id))
                .map(link -> link.withName(canonical.path("name").asText()));
    }

    Batch linkMemberships(Batch batch, Placeholders missing) {
        var items = new ArrayList<Item>();
        var refused = new ArrayList<Refusal>();
        for (Item item : batch.items()) {
            var canonical = item.canonical();
            Optional<Link> channel =
                    directory.conversation(canonical.path("channel").asText());
            if (channel.isEmpty()) {
                refused.add(item.refuse(
                        batch.kind(),
                        "link",
                        "unknown-channel",
                        canonical.path("channel").asText()));
                continue;
            }
            ObjectNode links = place(channel.get());
            links.set("channel", links.remove("name"));
            links.put("user", people.nameOf(canonical.path("user").asText(), missing));
            items.add(item.withLinked(Links.add(canonical, links)));
        }
        return batch.withItems(items).plusRefused(refused);
    }

    /** {@code type}, {@code name} and, of a direct conversation, {@code members}: the link's target taken apart. */
    static ObjectNode place(Link link) {
        var slash = link.target().indexOf('/');
        ObjectNode place = JsonNodeFactory.instance.objectNode();
        place.put("type", link.target().substring(0, slash));
        place.put("name", link.target().substring(slash + 1));
        if (link.target().startsWith("direct/")) {
            var members = place.putArray("members");
            for (String name : link.target().substring(slash + 1).split(",")) {
                members.add(name);
            }
        }
        return place;
    }
}
