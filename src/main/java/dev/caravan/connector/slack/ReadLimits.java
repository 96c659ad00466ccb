package dev.caravan.connector.slack;

/**
 * How much of an export is in memory at once.
 *
 * @param batchRecords records in a batch, unless more share one time
 * @param batchBytes raw bytes after which a batch ends before it is full
 * @param recordBytes a longer record is refused
 * @param keptBytes how much of a refused record or entry is kept
 * @param heapBytes raw bytes of one lane's loaded days on the heap; more goes to a temporary file
 */
record ReadLimits(int batchRecords, int batchBytes, int recordBytes, int keptBytes, int heapBytes) {

    private static final int MIB = 1 << 20;

    static final ReadLimits DEFAULT = new ReadLimits(1_000, 8 * MIB, 16 * MIB, 64 * MIB, 8 * MIB);

    ReadLimits withBatchRecords(int records) {
        return new ReadLimits(records, batchBytes, recordBytes, keptBytes, heapBytes);
    }

    ReadLimits withRecordBytes(int bytes) {
        return new ReadLimits(batchRecords, batchBytes, bytes, keptBytes, heapBytes);
    }

    ReadLimits withHeapBytes(int bytes) {
        return new ReadLimits(batchRecords, batchBytes, recordBytes, keptBytes, bytes);
    }

    /** Parsed trees take some eight times their bytes: only those of small days wait as trees. */
    int treeBytes() {
        return heapBytes / 4;
    }
}
