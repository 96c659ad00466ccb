package dev.caravan.transform.link;

import java.util.ArrayList;
import java.util.List;

import dev.caravan.model.Batch;
import dev.caravan.model.Item;

/**
 * The step {@code link}: resolves source ids to the target's identities. What a record leans on and nobody has seen is
 * made on first sight, once per source id, named by a function of that id.
 */
public final class Linker {

    private final PeopleLinker people;
    private final ConversationLinker conversations;
    private final MessageLinker messages;

    /** @throws dev.caravan.model.Problem CRV-214 when a map holds a name the target does not take */
    public Linker(Directory directory, TargetNames names, IdentityMaps maps, Roots roots, LinkPolicy policy) {
        maps.requireValid(names);
        directory.reserve(maps.users().values().stream()
                .map(IdentityMaps.MappedUser::name)
                .filter(name -> !name.isEmpty())
                .toList());
        this.people = new PeopleLinker(directory, names, maps);
        this.conversations = new ConversationLinker(directory, people, names, maps);
        this.messages = new MessageLinker(directory, people, conversations, roots, policy);
    }

    /** The batch, linked, behind the batches of placeholders it needs: to be delivered in this order. */
    public List<Batch> link(Batch batch) {
        var missing = new Placeholders();
        var linked =
                switch (batch.kind()) {
                    case USER -> people.link(batch);
                    case CHANNEL -> conversations.link(batch, missing);
                    case MEMBERSHIP -> conversations.linkMemberships(batch, missing);
                    case MESSAGE -> messages.link(batch, missing);
                    case EMOJI -> batch.withItems(
                            batch.items().stream().map(Linker::named).toList());
                };
        var inOrder = new ArrayList<Batch>();
        missing.batches(batch.lane()).forEach(placeholders -> inOrder.addAll(link(placeholders)));
        inOrder.add(linked);
        return inOrder;
    }

    private static Item named(Item emoji) {
        var canonical = emoji.canonical();
        return emoji.withLinked(Links.add(
                canonical,
                canonical.objectNode().put("name", canonical.path("name").asText())));
    }
}
