package dev.caravan.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.connector.matrix.MatrixFunctions;
import dev.caravan.connector.matrix.MatrixShape;
import dev.caravan.connector.matrix.MatrixSink;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Outcome;
import dev.caravan.model.Undone;
import dev.caravan.transform.mapping.MappingStep;
import dev.caravan.transform.mapping.Mappings;
import dev.caravan.transport.MessageIds;

/** Batches made by hand for a sink without the road: a public room and two people, Anna and Bruno. */
final class MatrixBatches {

    static final String ROOM = "C1";

    private static final String MATRIX = "matrix";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String prefix;
    private final MappingStep mapping;
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, String> known = new TreeMap<>();

    MatrixBatches(String url, String prefix) {
        this.prefix = prefix;
        settings.put("url", url);
        settings.put("serverName", Synapse.SERVER);
        settings.put("asToken", Synapse.TOKEN);
        settings.put("userPrefix", prefix);
        mapping = new MappingStep(Mappings.load(Path.of("routes"), MATRIX, MATRIX, List.of(new MatrixFunctions())));
    }

    MatrixBatches with(String property, String value) {
        settings.put(property, value);
        return this;
    }

    MatrixSink open() {
        return open(() -> 1);
    }

    /** @param share of the rate that may be used, 0 to 1 */
    MatrixSink open(DoubleSupplier share) {
        var sink = new MatrixSink();
        sink.pace(share);
        MessageIds ids = (conversation, time, id) -> Optional.ofNullable(known.get(id));
        sink.open(settings, ids);
        return sink;
    }

    String alias() {
        return prefix + "general";
    }

    String user(String name) {
        return "@" + prefix + name + ":" + Synapse.SERVER;
    }

    /** Anna, Bruno and a room with Anna in it. */
    List<Outcome.Accepted> directory(MatrixSink sink) {
        var accepted = new ArrayList<Outcome.Accepted>();
        accepted.addAll(send(sink, Kind.USER, person("U1", "anna"), person("U2", "bruno")));
        accepted.addAll(send(
                sink,
                Kind.CHANNEL,
                linked(
                        "{'kind':'channel','id':'C1','type':'public','name':'general','created':1500000000000000}",
                        "{'type':'public','name':'general'}")));
        accepted.addAll(send(
                sink,
                Kind.MEMBERSHIP,
                linked(
                        "{'kind':'membership','id':'C1/U1','channel':'C1','user':'U1'}",
                        "{'type':'public','channel':'general','user':'anna'}")));
        return accepted;
    }

    private static ObjectNode person(String id, String name) {
        return linked("{'kind':'user','id':'%s','name':'%s'}".formatted(id, name), "{'name':'%s'}".formatted(name));
    }

    /** A message by U1 or U2, n seconds after 2017-07-14. */
    static ObjectNode message(String author, int n, String text) {
        var message = linked(
                "{'kind':'message','id':'C1/%d','channel':'C1','author':'%s','time':%d,'text':'','type':'text'}"
                        .formatted(n, author, time(n)),
                "{'users':{'U1':'anna','U2':'bruno'},'channels':{},'place':{'type':'public','name':'general'}}");
        return message.put("text", text);
    }

    static long time(int n) {
        return (1_500_000_000L + n) * 1_000_000;
    }

    Batch batch(Kind kind, ObjectNode... records) {
        var items = new ArrayList<Item>();
        for (var record : records) {
            items.add(Item.read(null, new byte[0], record).withCanonical(record).withLinked(record));
        }
        var sink = JSON.objectNode();
        settings.forEach(sink::put);
        return mapping.toTarget(
                Batch.read(kind, Lane.of(ROOM), null, null, items, List.of()),
                new MatrixShape(),
                item -> Map.of("sink", sink, "source", JSON.objectNode()));
    }

    /** All of them, accepted. */
    List<Outcome.Accepted> send(MatrixSink sink, Kind kind, ObjectNode... records) {
        return accepted(sink.deliver(batch(kind, records), ""));
    }

    List<Outcome.Accepted> accepted(Batch answered) {
        var accepted = new ArrayList<Outcome.Accepted>();
        for (var item : answered.items()) {
            var outcome = (Outcome.Accepted) item.outcome();
            accepted.add(outcome);
            if (answered.kind() == Kind.MESSAGE) {
                known.put(item.id(), outcome.targetId());
            }
        }
        return accepted;
    }

    static List<Undone.State> states(List<Undone> undone) {
        return undone.stream().map(Undone::state).toList();
    }

    private static ObjectNode linked(String record, String links) {
        try {
            var json = new ObjectMapper();
            var tree = (ObjectNode) json.readTree(record.replace('\'', '"'));
            tree.set("links", json.readTree(links.replace('\'', '"')));
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
