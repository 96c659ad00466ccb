package dev.caravan.connector.agora;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Origin;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Tally;

/** Records read from the server, in batches. There is no position to go on from: what is read back is read whole. */
final class ReadBatches implements BatchReader {

    private static final int BATCH = 500;

    private final ReadRequest request;
    private final Kind kind;
    private final String host;
    private final Iterator<ObjectNode> records;
    private long number;

    ReadBatches(ReadRequest request, String host, Iterator<ObjectNode> records) {
        this.request = request;
        this.kind = request.kind();
        this.host = host;
        this.records = records;
    }

    @Override
    public boolean hasNext() {
        try {
            return records.hasNext();
        } catch (Unreadable nothing) {
            throw new Problem(nothing, "CRV-488", host);
        }
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var items = new ArrayList<Item>(BATCH);
        long objects = 0;
        while (items.size() < BATCH && hasNext()) {
            var record = records.next();
            objects += Math.max(1, record.path("parts").size());
            items.add(Item.read(
                    new Origin(host, kind.word(), number++, -1),
                    record.toString().getBytes(StandardCharsets.UTF_8),
                    record));
        }
        return Batch.read(kind, request.lane(), String.valueOf(number), null, items, List.of())
                .plusTally(Tally.NONE.plus(kind.word(), Tally.What.MERGED, objects - items.size()));
    }

    @Override
    public void close() {
        // nothing is open between two calls
    }
}
