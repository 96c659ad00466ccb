package dev.caravan.connector.slack;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Decides what of a lane's loaded records stays on the heap, and brings the rest back from the spool. */
final class LaneHeap implements Closeable {

    private final ReadLimits limits;
    private final RecordSpool spool;
    private long held;
    private long spooled;

    LaneHeap(ReadLimits limits, RecordSpool spool) {
        this.limits = limits;
        this.spool = spool;
    }

    void hold(LaneRecord record, byte[] raw, ObjectNode tree) {
        record.length = raw.length;
        if (held + raw.length <= limits.heapBytes()) {
            held += raw.length;
            record.raw = raw;
            record.tree = held <= limits.treeBytes() ? tree : null;
        } else {
            record.spooled = spool.add(raw);
            spooled++;
        }
    }

    byte[] raw(LaneRecord record) {
        return record.raw != null ? record.raw : spool.get(record.spooled, record.length);
    }

    ObjectNode tree(LaneRecord record, byte[] raw) {
        try {
            return record.tree != null ? record.tree : SourceRecords.again(raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void release(LaneRecord record) {
        if (record.raw != null) {
            held -= record.length;
        } else if (--spooled == 0) {
            spool.clear();
        }
    }

    @Override
    public void close() {
        spool.close();
    }
}
