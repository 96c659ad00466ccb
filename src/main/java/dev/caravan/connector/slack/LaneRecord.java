package dev.caravan.connector.slack;

import java.util.Comparator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One element of a day file, waiting for its turn. Its bytes are on the heap or in the spool. */
final class LaneRecord {

    /**
     * Time, conversation, then those that state this very time before those that were put beside them; overlapping
     * copies stand together, the latest archive last.
     */
    static final Comparator<LaneRecord> ORDER = Comparator.<LaneRecord>comparingLong(r -> r.time)
            .thenComparing(r -> r.file.conversation())
            .thenComparing(r -> r.own != r.time)
            .thenComparingLong(r -> r.own)
            .thenComparingInt(r -> r.file.archive())
            .thenComparingLong(r -> r.index);

    final DayFile file;
    final long index;
    final long offset;
    /** us: what the record is ordered by; of a record without usable time that of its neighbour. */
    final long time;
    /** us: what the record says, or {@link SlackTimes#NONE}. */
    final long own;

    final String cause;
    final String detail;
    final String repairedBy;

    /** Null while in the spool. */
    byte[] raw;

    int length;
    long spooled;
    /** Null when it has to be parsed again. */
    ObjectNode tree;

    /** Another record with the same conversation and time took its place. */
    boolean doubled;
    /** SHA-256 of the bytes, when the other record differs. */
    String superseded;

    LaneRecord(DayFile file, SourceRecord record, long time, long own) {
        this.file = file;
        this.index = record.index();
        this.offset = record.offset();
        this.time = time;
        this.own = own;
        this.cause = record.cause();
        this.detail = record.detail();
        this.repairedBy = record.repairedBy();
    }

    boolean refused() {
        return cause != null;
    }

    boolean sameMessage(LaneRecord other) {
        return time == other.time
                && own == other.own
                && own != SlackTimes.NONE
                && file.conversation().equals(other.file.conversation());
    }
}
