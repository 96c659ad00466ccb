package dev.caravan.fakechat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the chat holds. Nothing is answered before it is forced to the log, and nothing is recognised: the same source
 * sent twice makes two objects. Memory holds where an object is, the log what it is.
 */
final class FakeStore implements Closeable {

    private record Entry(FakeKind kind, long number, String source, String channel, int version, FakeLog.Place place) {
        String id() {
            return kind.id(number);
        }
    }

    private final ObjectMapper json;
    private final FakeLog log;
    private final Map<FakeKind, NavigableMap<Long, Entry>> objects = new HashMap<>();
    private final Map<FakeKind, Map<String, List<Long>>> bySource = new HashMap<>();
    private final Map<FakeKind, Map<String, String>> byName = new HashMap<>();
    private final Map<String, NavigableMap<Long, Entry>> byChannel = new HashMap<>();
    private final Map<FakeKind, Long> accepted = new TreeMap<>();
    private long last;

    FakeStore(ObjectMapper json, Path folder) throws IOException {
        this.json = json;
        for (var kind : FakeKind.values()) {
            objects.put(kind, new TreeMap<>());
            bySource.put(kind, new HashMap<>());
            byName.put(kind, new HashMap<>());
        }
        log = new FakeLog(folder.resolve("chat.log"), (place, line) -> apply(place, json.readTree(line)));
    }

    /** The ids of the new objects, in order. */
    List<String> add(FakeKind kind, Collection<ObjectNode> items) throws IOException {
        var ids = new ArrayList<String>(items.size());
        synchronized (this) {
            for (var item : items) {
                ids.add(kind.id(last + 1));
                write(kind.id(last + 1), 1, item);
            }
        }
        log.force();
        return ids;
    }

    /** The new version; empty when it was not there. */
    Optional<Integer> edit(String id, ObjectNode item) throws IOException {
        Optional<Integer> version;
        synchronized (this) {
            version = entry(id).map(before -> before.version() + 1);
            if (version.isEmpty()) {
                return version;
            }
            write(id, version.get(), item);
        }
        log.force();
        return version;
    }

    /** Whether it was there. */
    boolean delete(String id) throws IOException {
        synchronized (this) {
            if (entry(id).isEmpty()) {
                return false;
            }
            write(id, 0, null);
        }
        log.force();
        return true;
    }

    synchronized Optional<ObjectNode> get(String id) throws IOException {
        var entry = entry(id);
        return entry.isEmpty() ? Optional.empty() : Optional.of(object(entry.get()));
    }

    synchronized List<ObjectNode> find(FakeKind kind, String source) throws IOException {
        var found = new ArrayList<ObjectNode>();
        for (long number : bySource.get(kind).getOrDefault(source, List.of())) {
            found.add(object(objects.get(kind).get(number)));
        }
        return found;
    }

    /** In the order of arrival. @param channel id, or null for all */
    synchronized List<ObjectNode> page(FakeKind kind, String channel, long after, int limit) throws IOException {
        var all = channel == null ? objects.get(kind) : byChannel.getOrDefault(channel, new TreeMap<>());
        var page = new ArrayList<ObjectNode>();
        for (var entry : all.tailMap(after, false).values()) {
            if (page.size() == limit) {
                break;
            }
            page.add(object(entry));
        }
        return page;
    }

    /** Id of a user or channel by its id or name. */
    synchronized Optional<String> resolve(FakeKind kind, String idOrName) {
        var id = byName.get(kind).getOrDefault(idOrName, idOrName);
        return FakeKind.ofId(id).filter(kind::equals).flatMap(k -> entry(id)).map(Entry::id);
    }

    /** Whether a channel has messages. */
    synchronized boolean inUse(String id) {
        return byChannel.containsKey(id) && !byChannel.get(id).isEmpty();
    }

    /** How many were ever taken, by kind. */
    synchronized Map<FakeKind, Long> accepted() {
        return new TreeMap<>(accepted);
    }

    /** Sources that stand for more than one object. */
    synchronized Map<String, List<String>> doubled(FakeKind kind) {
        var doubled = new TreeMap<String, List<String>>();
        bySource.get(kind).forEach((source, numbers) -> {
            if (numbers.size() > 1) {
                doubled.put(source, numbers.stream().map(kind::id).toList());
            }
        });
        return doubled;
    }

    @Override
    public void close() throws IOException {
        log.close();
    }

    private void write(String id, int version, ObjectNode object) throws IOException {
        var line = json.createObjectNode().put("id", id).put("version", version);
        if (object != null) {
            line.set("object", object);
        }
        apply(log.append(json.writeValueAsBytes(line)), line);
    }

    private void apply(FakeLog.Place place, JsonNode line) {
        var id = line.path("id").asText();
        var kind = FakeKind.ofId(id).orElseThrow();
        entry(id).ifPresent(this::forget);
        var object = line.get("object");
        last = Math.max(last, FakeKind.number(id));
        if (object == null) {
            return;
        }
        int version = line.path("version").asInt();
        var channel = kind == FakeKind.MESSAGES
                ? resolve(FakeKind.CHANNELS, object.path("channel").asText()).orElse(null)
                : null;
        var entry = new Entry(kind, FakeKind.number(id), object.path("source").asText(null), channel, version, place);
        accepted.merge(kind, version == 1 ? 1L : 0L, Long::sum);
        objects.get(kind).put(entry.number(), entry);
        if (entry.source() != null) {
            bySource.get(kind)
                    .computeIfAbsent(entry.source(), s -> new ArrayList<>(1))
                    .add(entry.number());
        }
        if (kind == FakeKind.MESSAGES) {
            byChannel.computeIfAbsent(channel, c -> new TreeMap<>()).put(entry.number(), entry);
        } else if (object.hasNonNull("name")) {
            byName.get(kind).putIfAbsent(object.path("name").asText(), id);
        }
    }

    private void forget(Entry entry) {
        objects.get(entry.kind()).remove(entry.number());
        bySource.get(entry.kind()).computeIfPresent(entry.source(), (source, numbers) -> {
            numbers.remove(entry.number());
            return numbers.isEmpty() ? null : numbers;
        });
        byName.get(entry.kind()).values().remove(entry.id());
        if (entry.channel() != null) {
            byChannel.get(entry.channel()).remove(entry.number());
        }
    }

    private Optional<Entry> entry(String id) {
        return FakeKind.ofId(id).map(kind -> objects.get(kind).get(FakeKind.number(id)));
    }

    private ObjectNode object(Entry entry) throws IOException {
        var line = json.readTree(log.read(entry.place()));
        return ((ObjectNode) line.path("object")).put("id", entry.id()).put("version", entry.version());
    }
}
