package dev.caravan.migration.sample;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ledger.Key;
import dev.caravan.ledger.Ledger;
import dev.caravan.migration.check.Onlooker;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import dev.caravan.transform.link.Directory;
import dev.caravan.transform.mapping.TargetShape;

/** Picks messages as they go by: those whose ids the seed puts first, the same ones whatever the order. */
final class SampleBooks extends Onlooker {

    private static final long PRIME = 0x100000001b3L;

    private final Ledger ledger;
    private final int number;
    private final long seed;
    private final TreeSet<Picked> picked = new TreeSet<>(Comparator.comparingLong(Picked::rank)
            .thenComparing(one -> one.message().id()));
    private final Directory directory;
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private TargetShape shape;

    private record Picked(long rank, SampledMessage message) {}

    SampleBooks(Directory directory, Ledger ledger, int number, long seed) {
        super(directory);
        this.directory = directory;
        this.ledger = ledger;
        this.number = number;
        this.seed = seed;
    }

    @Override
    protected void look(Batch batch) {
        if (batch.kind() == Kind.MESSAGE) {
            batch.items().forEach(this::pick);
        } else if (batch.kind() == Kind.CHANNEL) {
            batch.items().forEach(item -> owners.put(item.id(), owner(item.canonical())));
        }
    }

    /** Who made it; of a conversation that nobody made, those who are in it. */
    private String owner(JsonNode channel) {
        var creator = channel.path("creator").asText("");
        if (!creator.isEmpty()) {
            return name(creator);
        }
        var members = new ArrayList<String>();
        channel.path("members").forEach(member -> members.add(name(member.asText())));
        Collections.sort(members);
        return String.join(", ", members);
    }

    private String name(String person) {
        return directory.person(person).map(Link::target).orElse(person);
    }

    private void pick(Item item) {
        if (item.target().objects() == 0 || item.canonical().path("placeholder").asBoolean()) {
            return;
        }
        long rank = rank(item.id());
        synchronized (picked) {
            if (picked.size() < number || rank < picked.last().rank()) {
                picked.add(new Picked(rank, message(item)));
                if (picked.size() > number) {
                    picked.pollLast();
                }
            }
        }
    }

    /** FNV-1a of seed and id. */
    private long rank(String id) {
        long hash = seed * PRIME;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * PRIME;
        }
        return hash ^ hash >>> 29;
    }

    private SampledMessage message(Item item) {
        var message = item.canonical();
        var links = item.linked().path("links");
        return new SampledMessage(
                item.id(),
                Instant.EPOCH.plus(message.path("time").asLong(), ChronoUnit.MICROS),
                links.path("users").path(message.path("author").asText()).asText(),
                links.path("place").path("name").asText(),
                owners.getOrDefault(message.path("channel").asText(), ""),
                item.source().path("text").asText(message.path("text").asText()),
                shape.text(item.target()),
                delivered(item));
    }

    private boolean delivered(Item item) {
        var key = new Key(item.canonical().path("time").asLong(), item.id());
        return ledger
                .links()
                .find(Kind.CHANNEL, item.canonical().path("channel").asText())
                .filter(link -> !link.leftOut())
                .map(Link::number)
                .stream()
                .flatMap(lane -> ledger.records().find(Kind.MESSAGE, lane, List.of(key)).stream())
                .anyMatch(row -> Arrays.equals(row.hash(), item.target().hash()));
    }

    List<SampledMessage> messages() {
        synchronized (picked) {
            return picked.stream()
                    .map(Picked::message)
                    .sorted(Comparator.comparing(SampledMessage::time))
                    .toList();
        }
    }

    @Override
    public TargetShape shape(TargetShape ofTheSink) {
        shape = super.shape(ofTheSink);
        return shape;
    }
}
