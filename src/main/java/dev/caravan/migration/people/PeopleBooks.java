package dev.caravan.migration.people;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.migration.check.Rehearsal;
import dev.caravan.migration.road.Books;
import dev.caravan.migration.road.Committed;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.transform.link.Roots;
import dev.caravan.transform.mapping.TargetShape;

/** Notes the people that go by in a rehearsal. */
final class PeopleBooks implements Books {

    private final Rehearsal rehearsal;
    private final Predicate<JsonNode> mapped;
    private final Map<String, SourcePerson> people = new ConcurrentSkipListMap<>();

    /** @param mapped whether the user map names a canonical user */
    PeopleBooks(Rehearsal rehearsal, Predicate<JsonNode> mapped) {
        this.rehearsal = rehearsal;
        this.mapped = mapped;
    }

    @Override
    public UnaryOperator<Batch> opening() {
        return batch -> {
            if (batch.kind() == Kind.USER) {
                batch.items().forEach(this::note);
            }
            return rehearsal.opening().apply(batch);
        };
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

    @Override
    public Function<Batch, Committed> committing() {
        return rehearsal.committing();
    }

    @Override
    public Roots roots() {
        return rehearsal.roots();
    }

    @Override
    public TargetShape shape(TargetShape ofTheSink) {
        return rehearsal.shape(ofTheSink);
    }
}
