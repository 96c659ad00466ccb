package dev.caravan.transform.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Link;

/** Gives people their names on the target: the user map's, else one made of the name they had. */
final class PeopleLinker {

    private final Directory directory;
    private final TargetNames names;
    private final IdentityMaps maps;

    PeopleLinker(Directory directory, TargetNames names, IdentityMaps maps) {
        this.directory = directory;
        this.names = names;
        this.maps = maps;
    }

    Batch link(Batch batch) {
        var fresh = new ArrayList<Link>();
        var findings = new ArrayList<Finding>();
        List<Item> items =
                batch.items().stream().map(item -> link(item, fresh, findings)).toList();
        return batch.withItems(items).plusLinks(fresh).plusFindings(findings);
    }

    private Item link(Item item, List<Link> fresh, List<Finding> findings) {
        var canonical = item.canonical();
        add(canonical).ifPresent(fresh::add);
        ObjectNode links = canonical.objectNode();
        var name = directory.person(item.id()).orElseThrow().target();
        links.put("name", name);
        if (!Placeholders.isBot(item.id()) && name.equals(names.distinct(names.user(canonical), item.id()))) {
            findings.add(new Finding("name-collision", "user", item.id(), name));
        }
        maps.user(canonical).ifPresent(user -> user.addTo(links));
        return item.withLinked(Links.add(canonical, links));
    }

    /** Bots that only messages name come in no fixed order, and several may be called alike but for what names cannot hold. */
    private String nameFor(ObjectNode canonical) {
        var id = canonical.path("id").asText();
        return Placeholders.isBot(id) ? names.distinct(names.user(canonical), id) : names.user(canonical);
    }

    /** The target name of a person; somebody no list names becomes a placeholder. */
    String nameOf(String id, Placeholders missing) {
        return directory
                .person(id)
                .or(() -> {
                    var unknown = Placeholders.user(id);
                    var link = add(unknown);
                    link.ifPresent(made -> missing.user(unknown, made));
                    return link.or(() -> directory.person(id));
                })
                .orElseThrow()
                .target();
    }

    /** Whether somebody whom no list of the source names is known all the same: as a bot, or by the user map. */
    boolean isKnown(String id) {
        return Placeholders.isBot(id) || maps.user(Placeholders.user(id)).isPresent();
    }

    private Optional<Link> add(ObjectNode canonical) {
        var id = canonical.path("id").asText();
        var mapped = maps.user(canonical).map(IdentityMaps.MappedUser::name).filter(name -> !name.isEmpty());
        boolean made = canonical.path("placeholder").asBoolean();
        var link = mapped.isPresent()
                ? directory.mapPerson(id, mapped.get(), made)
                : directory.addPerson(id, nameFor(canonical), made, name -> names.distinct(name, id));
        return link.map(linked -> linked.withName(canonical.path("name").asText()));
    }
}
