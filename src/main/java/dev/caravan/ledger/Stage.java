package dev.caravan.ledger;

import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.caravan.model.StageSlot;

/** What the ledger promises about the files of a stage: whatever lies behind a committed length may be cut off. */
public final class Stage {

    private final Readers readers;

    Stage(Readers readers) {
        this.readers = readers;
    }

    /** Committed bytes of each segment, by its number. */
    public SortedMap<Integer, Long> segments() {
        var lengths = new TreeMap<Integer, Long>();
        readers.list(
                "SELECT number, length FROM segment",
                Query.Bind.NOTHING,
                row -> lengths.put(row.getInt(1), row.getLong(2)));
        return lengths;
    }

    /** Grows with every commit that wrote a record; 0 while there is none. */
    public long version() {
        return readers.first("SELECT version FROM stage WHERE id = 1", Query.Bind.NOTHING, row -> row.getLong(1))
                .orElseThrow();
    }

    static void write(Transaction transaction, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        transaction.execute("UPDATE stage SET version = version + 1 WHERE id = 1", Query.Bind.NOTHING);
        var ends = new TreeMap<Integer, Long>();
        for (var row : rows) {
            if (row.slot() != null) {
                ends.merge(row.slot().segment(), end(row.slot()), Math::max);
            }
        }
        transaction.insert(
                "segment",
                "number, length",
                "ON CONFLICT (number) DO UPDATE SET length ="
                        + " CASE WHEN excluded.length > segment.length THEN excluded.length ELSE segment.length END",
                ends.entrySet(),
                (p, end) -> p.number((int) end.getKey()).number((long) end.getValue()));
    }

    private static long end(StageSlot slot) {
        return slot.offset() + slot.length();
    }
}
