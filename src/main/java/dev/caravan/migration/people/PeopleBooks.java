package dev.caravan.migration.people;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.migration.check.Onlooker;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.transform.link.Directory;

/** Notes the people that go by in a rehearsal. */
final class PeopleBooks extends Onlooker {

    private final Predicate<JsonNode> mapped;
    private final Map<String, SourcePerson> people = new ConcurrentSkipListMap<>();

    /** @param mapped whether the user map names a canonical user */
    PeopleBooks(Directory directory, Predicate<JsonNode> mapped) {
        super(directory);
        this.mapped = mapped;
    }

    @Override
    protected void look(Batch batch) {
        if (batch.kind() == Kind.USER) {
            batch.items().forEach(this::note);
        }
    }

    private void note(Item item) {
        var user = item.canonical();
        if (!user.path("placeholder").asBoolean()) {
            var own = item.linked().path("links").path("name").asText();
            people.put(item.id(), SourcePerson.of(user, own, mapped.test(user)));
        }
    }

    Collection<SourcePerson> people() {
        return people.values();
    }
}
