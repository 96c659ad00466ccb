package dev.caravan.migration.verification;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Refusal;
import dev.caravan.model.Tally;
import dev.caravan.transform.mapping.MappingStep;

/** The canonical records of one kind as they stand on the target: read and mapped by its own read side, batch by batch. */
final class ReadBack implements Iterator<List<ObjectNode>>, AutoCloseable {

    private static final Map<String, JsonNode> NO_VARIABLES =
            Map.of("source", JsonNodeFactory.instance.objectNode(), "sink", JsonNodeFactory.instance.objectNode());

    /** Rule of a finding of the reader: a part of the record that it could not look at. */
    private static final String UNVERIFIABLE = "unverifiable";

    private final Kind kind;
    private final BatchReader reader;
    private final MappingStep mapping;
    private final Differences differences;
    private long records;
    private long objects;

    ReadBack(Kind kind, BatchReader reader, MappingStep mapping, Differences differences) {
        this.kind = kind;
        this.reader = reader;
        this.mapping = mapping;
        this.differences = differences;
    }

    @Override
    public boolean hasNext() {
        return reader.hasNext();
    }

    @Override
    public List<ObjectNode> next() {
        var batch = mapping.toCanonical(reader.next(), item -> NO_VARIABLES);
        objects +=
                batch.tally().of(kind.word(), Tally.What.READ) + batch.tally().of(kind.word(), Tally.What.MERGED);
        records += batch.items().size();
        batch.refused().forEach(this::refused);
        batch.findings().stream()
                .filter(found -> found.rule().equals(UNVERIFIABLE))
                .forEach(found -> differences.of(kind, found.sourceId(), UNVERIFIABLE, found.detail()));
        return batch.items().stream().map(Item::canonical).toList();
    }

    private void refused(Refusal refused) {
        var origin = refused.origin();
        differences.of(kind, origin.entry() + ":" + origin.index(), "unreadable", refused.cause());
    }

    long records() {
        return records;
    }

    /** How many objects of the target were read so far. */
    long objects() {
        return objects;
    }

    @Override
    public void close() {
        reader.close();
    }
}
