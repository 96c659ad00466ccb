package dev.caravan.transform.link;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import dev.caravan.model.Problem;

/**
 * All people and conversations linked so far, held in memory (invariant 7 allows these two). Filled from the ledger at
 * the start of a run; what is added reaches the ledger with the batch that brought it.
 */
public final class Directory {

    private final Map<String, Link> people = new ConcurrentHashMap<>();
    private final Map<String, Link> conversations = new ConcurrentHashMap<>();
    private final Set<String> peopleNames = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<String> conversationNames = new HashSet<>();
    private int lastNumber;

    public Directory(Collection<Link> known) {
        known.forEach(this::keep);
    }

    public Optional<Link> person(String sourceId) {
        return Optional.ofNullable(people.get(sourceId));
    }

    public Optional<Link> conversation(String sourceId) {
        return Optional.ofNullable(conversations.get(sourceId));
    }

    public Collection<Link> conversations() {
        return List.copyOf(conversations.values());
    }

    public boolean empty() {
        return people.isEmpty() && conversations.isEmpty();
    }

    /**
     * Links a person for the first time.
     *
     * @param made no list names the person
     * @param distinct makes a name its own when somebody else already has it
     * @return the new link, or nothing when the person was linked before
     */
    public synchronized Optional<Link> addPerson(
            String sourceId, String name, boolean made, UnaryOperator<String> distinct) {
        return people.containsKey(sourceId)
                ? listed(sourceId, made)
                : Optional.of(
                        keep(new Link(Kind.USER, sourceId, peopleNames.contains(name) ? distinct.apply(name) : name, 0)
                                .withMade(made)));
    }

    /** Somebody who was made before and is in a list now. */
    private Optional<Link> listed(String sourceId, boolean made) {
        var known = people.get(sourceId);
        return known.made() && !made ? Optional.of(keep(known.withMade(false))) : Optional.empty();
    }

    /** Keeps names for those whom the user map gives them to: nobody else gets one by chance. */
    public synchronized void reserve(Collection<String> names) {
        peopleNames.addAll(names);
    }

    /** Links a person to a target person that others may share: the user map says so. */
    public synchronized Optional<Link> mapPerson(String sourceId, String name, boolean made) {
        return people.containsKey(sourceId)
                ? listed(sourceId, made)
                : Optional.of(keep(new Link(Kind.USER, sourceId, name, 0).withMade(made)));
    }

    /**
     * Links a conversation for the first time, or anew when it was left out before and no longer is.
     *
     * @param shared whether an equal place is the same conversation (the same people, or a map says so)
     * @throws Problem CRV-215 when they would share a name and not who may read them
     */
    public synchronized Optional<Link> addConversation(
            String sourceId, TargetNames.Place place, boolean shared, UnaryOperator<String> distinct) {
        var known = conversations.get(sourceId);
        if (known != null && !known.leftOut()) {
            return Optional.empty();
        }
        if (shared && conversationNames.contains(place.name()) && !numbers.containsKey(place.key())) {
            throw new Problem("CRV-215", sourceId, place.name(), place.type());
        }
        var taken = !shared && conversationNames.contains(place.name());
        var own = taken ? new TargetNames.Place(place.type(), distinct.apply(place.name())) : place;
        var number = numbers.getOrDefault(own.key(), lastNumber + 1);
        return Optional.of(keep(new Link(Kind.CHANNEL, sourceId, own.key(), number)));
    }

    /** Notes that a rule leaves a conversation out; its messages are read, counted and filtered. */
    public synchronized Optional<Link> leaveOut(String sourceId, String rule) {
        var known = conversations.get(sourceId);
        return known != null
                ? Optional.empty()
                : Optional.of(keep(new Link(Kind.CHANNEL, sourceId, Link.LEFT_OUT + rule, 0)));
    }

    private Link keep(Link link) {
        if (link.kind() == Kind.USER) {
            people.put(link.sourceId(), link);
            peopleNames.add(link.target());
        } else {
            conversations.put(link.sourceId(), link);
            if (!link.leftOut()) {
                numbers.put(link.target(), link.number());
                if (!link.target().startsWith("direct/")) {
                    conversationNames.add(link.target().substring(link.target().indexOf('/') + 1));
                }
                lastNumber = Math.max(lastNumber, link.number());
            }
        }
        return link;
    }
}
