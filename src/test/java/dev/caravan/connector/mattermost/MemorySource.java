package dev.caravan.connector.mattermost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.caravan.model.Finding;
import dev.caravan.model.StageSlot;
import dev.caravan.transform.link.TargetNames.Place;

/** A ledger for tests: what it is given, in the orders that a seal asks for. */
final class MemorySource implements SealSource {

    final TreeMap<String, StageSlot> emoji = new TreeMap<>();
    final TreeMap<String, Conversation> channels = new TreeMap<>();
    final TreeMap<String, Conversation> directs = new TreeMap<>();
    final TreeMap<String, Person> people = new TreeMap<>();
    final Map<String, Message> messages = new HashMap<>();
    final List<Finding> findings = new ArrayList<>();
    final TreeMap<String, String> files = new TreeMap<>();

    void conversation(Place place, StageSlot slot) {
        (place.type().equals("direct") ? directs : channels)
                .putIfAbsent(place.name(), new Conversation(place, false, slot));
    }

    void person(String name, StageSlot slot) {
        people.merge(
                name,
                new Person(name, false, List.of(slot), List.of()),
                (first, next) -> new Person(
                        name,
                        first.imported(),
                        Stream.concat(first.slots().stream(), next.slots().stream())
                                .toList(),
                        first.memberships()));
    }

    void membership(String name, StageSlot slot) {
        people.computeIfPresent(
                name,
                (key, person) -> new Person(
                        key,
                        person.imported(),
                        person.slots(),
                        Stream.concat(person.memberships().stream(), Stream.of(slot))
                                .toList()));
    }

    /** As if the package had been marked imported. */
    void markImported() {
        people.replaceAll((name, person) -> new Person(name, true, person.slots(), List.of()));
        channels.replaceAll((name, channel) -> new Conversation(channel.place(), true, channel.slot()));
        messages.replaceAll((id, m) ->
                new Message(m.place(), m.id(), m.root(), m.time(), m.objects(), m.slot(), m.createAt(), true));
    }

    @Override
    public Rows<StageSlot> emoji() {
        return rows(emoji.values().stream());
    }

    @Override
    public Rows<Conversation> channels() {
        return rows(channels.values().stream());
    }

    @Override
    public Rows<Conversation> directs() {
        return rows(directs.values().stream());
    }

    @Override
    public Rows<Person> people() {
        return rows(people.values().stream());
    }

    @Override
    public Rows<Message> byTime() {
        return rows(sorted(Comparator.comparing(Message::place)
                .thenComparing(Message::time)
                .thenComparing(Message::id)));
    }

    @Override
    public Rows<Message> imported() {
        return rows(sorted(Comparator.comparing(Message::place).thenComparing(Message::at))
                .filter(Message::imported));
    }

    @Override
    public Rows<Message> byThread() {
        Comparator<Message> place = Comparator.comparing(
                        (Message m) -> m.place().startsWith("direct/"))
                .thenComparing(m -> m.place().substring(m.place().indexOf('/') + 1));
        return rows(sorted(place.thenComparing((Message m) -> rootOf(m).time())
                .thenComparing(m -> rootOf(m).id())
                .thenComparing(m -> m.root() != null)
                .thenComparing(Message::time)
                .thenComparing(Message::id)));
    }

    @Override
    public void assign(Message m, long createAt) {
        messages.put(
                m.id(),
                new Message(m.place(), m.id(), m.root(), m.time(), m.objects(), m.slot(), createAt, m.imported()));
    }

    @Override
    public void file(String path, String sha256, long bytes) {
        files.put(path, sha256 + " " + bytes);
    }

    @Override
    public void found(Finding finding) {
        findings.add(finding);
    }

    private Message rootOf(Message message) {
        return message.root() == null ? message : messages.getOrDefault(message.root(), message);
    }

    private Stream<Message> sorted(Comparator<Message> order) {
        return List.copyOf(messages.values()).stream().sorted(order);
    }

    private static <T> Rows<T> rows(Stream<T> stream) {
        Iterator<T> rows = stream.toList().iterator();
        return new Rows<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public T next() {
                return rows.next();
            }

            @Override
            public void close() {}
        };
    }
}
