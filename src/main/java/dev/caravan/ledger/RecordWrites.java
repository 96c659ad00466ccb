package dev.caravan.ledger;

import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;

/** How records come into the ledger and, when they were never sent, out of it. */
final class RecordWrites {

    private static final String WRITTEN = "kind, lane, time, id, version, hash, digests, root_time, root_id, segment,"
            + " segment_offset, segment_length, objects, target_id, state, run";
    private static final String REPLACE = "ON CONFLICT (kind, lane, time, id) DO UPDATE SET version = excluded.version,"
            + " hash = excluded.hash, digests = excluded.digests, root_time = excluded.root_time,"
            + " root_id = excluded.root_id, segment = excluded.segment, segment_offset = excluded.segment_offset,"
            + " segment_length = excluded.segment_length, objects = excluded.objects,"
            + " target_id = excluded.target_id, state = excluded.state, run = excluded.run";

    private RecordWrites() {}

    /** Inserted, or replacing the row of the same key. */
    static void write(Transaction transaction, List<Row> rows) throws SQLException {
        var inOrder = eachOnceInOrder(rows);
        if (transaction.copies() && isNew(transaction, inOrder)) {
            transaction.append("record", WRITTEN, inOrder, RecordWrites::values);
        } else {
            transaction.insert("record", WRITTEN, REPLACE, inOrder, RecordWrites::values);
        }
    }

    /** Whether nothing is known yet of the stretch of one lane that these rows are; false when they are of several. */
    private static boolean isNew(Transaction transaction, List<Row> inOrder) throws SQLException {
        if (inOrder.isEmpty()) {
            return false;
        }
        var first = inOrder.get(0);
        var last = inOrder.get(inOrder.size() - 1);
        return first.kind() == last.kind()
                && first.lane() == last.lane()
                && transaction
                        .first(
                                "SELECT 1 FROM record WHERE kind = ? AND lane = ? AND time BETWEEN ? AND ? LIMIT 1",
                                p -> p.number(Coded.ofKind(first.kind()))
                                        .number(first.lane())
                                        .number(first.key().time())
                                        .number(last.key().time()),
                                row -> true)
                        .isEmpty();
    }

    private static void values(Params p, Row row) throws SQLException {
        p.small(Coded.ofKind(row.kind())).number(row.lane());
        p.number(row.key().time()).text(row.key().id());
        p.number(row.version()).bytes(row.hash()).bytes(row.digests());
        if (row.root() == null) {
            p.noLong().text(null);
        } else {
            p.number(row.root().time()).text(row.root().id());
        }
        if (row.slot() == null) {
            p.noInteger().noLong().noInteger();
        } else {
            p.number(row.slot().segment())
                    .number(row.slot().offset())
                    .number(row.slot().length());
        }
        p.number(row.objects()).text(row.targetId()).code(row.state()).number(row.run());
    }

    /** Of records that were about to be sent and surely were not; those that replace what is there stay as they are. */
    static void withdraw(Transaction transaction, List<Row> rows) throws SQLException {
        for (Row row : rows) {
            transaction.execute(
                    "DELETE FROM record WHERE kind = ? AND lane = ? AND time = ? AND id = ? AND state = ? AND target_id IS NULL",
                    p -> p.number(Coded.ofKind(row.kind()))
                            .number(row.lane())
                            .number(row.key().time())
                            .text(row.key().id())
                            .code(RecordState.INTENT));
        }
    }

    /** In key order inserts are ten times as fast; and PostgreSQL refuses to touch a row twice in one statement. */
    private static List<Row> eachOnceInOrder(List<Row> rows) {
        for (int i = 1; i < rows.size(); i++) {
            if (Place.of(rows.get(i - 1)).compareTo(Place.of(rows.get(i))) >= 0) {
                var sorted = new TreeMap<Place, Row>();
                rows.forEach(row -> sorted.put(Place.of(row), row));
                return List.copyOf(sorted.values());
            }
        }
        return rows;
    }

    private record Place(int kind, int lane, long time, String id) implements Comparable<Place> {
        static Place of(Row row) {
            return new Place(
                    Coded.ofKind(row.kind()),
                    row.lane(),
                    row.key().time(),
                    row.key().id());
        }

        @Override
        public int compareTo(Place other) {
            int byKind = Integer.compare(kind, other.kind);
            int byLane = byKind != 0 ? byKind : Integer.compare(lane, other.lane);
            int byTime = byLane != 0 ? byLane : Long.compare(time, other.time);
            return byTime != 0 ? byTime : id.compareTo(other.id);
        }
    }
}
