package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;

import dev.caravan.model.Kind;
import dev.caravan.model.StageSlot;

/**
 * What the operator loaded into the target. Kept apart from the records, because those are replaced when a message is
 * edited, while a file import can neither change nor move what it brought.
 */
public final class Imports {

    private static final int OWN_COLUMNS = 17;
    private static final String SELECT =
            "SELECT " + Records.COLUMNS + ", a.create_at, i.create_at, i.hash, i.root_time,"
                    + " i.root_id, i.segment, i.segment_offset, i.segment_length, i.objects FROM record r ";
    private static final String IMPORTED =
            "JOIN imported i ON i.kind = r.kind AND i.lane = r.lane AND i.time = r.time AND i.id = r.id ";
    private static final String ASSIGNED =
            "LEFT JOIN assigned_time a ON a.seal = ? AND a.lane = r.lane AND a.time = r.time AND a.id = r.id ";

    /** A thread is where it was imported, whatever the source says now. */
    static final String BY_THREAD = "ORDER BY"
            + " CASE WHEN i.id IS NULL THEN COALESCE(r.root_time, r.time) ELSE COALESCE(i.root_time, r.time) END,"
            + " CASE WHEN i.id IS NULL THEN COALESCE(r.root_id, r.id) ELSE COALESCE(i.root_id, r.id) END,"
            + " r.time, r.id";

    private final Readers readers;
    private final Writes writes;

    Imports(Readers readers, Writes writes) {
        this.readers = readers;
        this.writes = writes;
    }

    /**
     * Notes that the file of a seal was loaded: everything staged, with the times that seal assigned. What an earlier
     * import brought stays as that brought it. The stage must be what was sealed.
     *
     * @return whether there is such a seal
     */
    public boolean mark(int seal) {
        return writes.write(transaction -> {
            if (transaction.execute("UPDATE seal SET imported = 1 WHERE number = ?", p -> p.number(seal)) == 0) {
                return false;
            }
            transaction.execute(
                    "INSERT INTO imported (kind, lane, time, id, hash, digests, root_time, root_id, segment, segment_offset,"
                            + " segment_length, objects, create_at, seal)"
                            + " SELECT r.kind, r.lane, r.time, r.id, r.hash, r.digests, r.root_time, r.root_id, r.segment,"
                            + " r.segment_offset, r.segment_length, r.objects, COALESCE(a.create_at, r.time / 1000), ?"
                            + " FROM record r " + ASSIGNED + " AND r.kind = ?"
                            + " WHERE r.objects > 0 ON CONFLICT (kind, lane, time, id) DO NOTHING",
                    p -> p.number(seal).number(seal).number(Coded.ofKind(Kind.MESSAGE)));
            return true;
        });
    }

    /** Names on the target of what earlier seals than this one brought of a kind. */
    public Set<String> names(Kind kind, int seal) {
        return Set.copyOf(readers.list(
                "SELECT DISTINCT r.target_id FROM record r " + IMPORTED
                        + "WHERE i.kind = ? AND i.seal < ? AND r.target_id IS NOT NULL",
                p -> p.number(Coded.ofKind(kind)).number(seal),
                row -> row.getString(1)));
    }

    /** The messages of one lane by (time, id). */
    public Cursor<Timed> byTime(int lane) {
        return times(lane, "LEFT " + IMPORTED, "r.time, r.id");
    }

    /** Those messages of one lane that were imported, in the order they have on the target. */
    public Cursor<Timed> imported(int lane) {
        return times(lane, IMPORTED, "i.create_at, r.id");
    }

    private Cursor<Timed> times(int lane, String imported, String order) {
        return readers.stream(
                "SELECT r.time, r.id, COALESCE(i.objects, r.objects), i.create_at FROM record r " + imported
                        + "WHERE r.kind = ? AND r.lane = ? ORDER BY " + order,
                p -> p.number(Coded.ofKind(Kind.MESSAGE)).number(lane),
                row -> new Timed(new Key(row.getLong(1), row.getString(2)), row.getInt(3), Query.nullableLong(row, 4)));
    }

    /**
     * The messages of one lane, each root followed by its replies: by (root's key, own key).
     *
     * @param seal whose assigned times they carry
     */
    public Cursor<Staged> byThread(int seal, int lane) {
        return readers.stream(
                SELECT + "LEFT " + IMPORTED + ASSIGNED + "WHERE r.kind = ? AND r.lane = ? " + BY_THREAD,
                p -> p.number(seal).number(Coded.ofKind(Kind.MESSAGE)).number(lane),
                Imports::staged);
    }

    /** All of one kind by (the target's id, source id). */
    public Cursor<Staged> byTargetId(Kind kind) {
        return readers.stream(
                SELECT + "LEFT " + IMPORTED + ASSIGNED
                        + "WHERE r.kind = ? ORDER BY COALESCE(r.target_id, ''), r.id, r.lane, r.time",
                p -> p.number(0).number(Coded.ofKind(kind)),
                Imports::staged);
    }

    private static Staged staged(ResultSet row) throws SQLException {
        return new Staged(Records.row(row), row.getLong(OWN_COLUMNS), imported(row));
    }

    private static Imported imported(ResultSet row) throws SQLException {
        int column = OWN_COLUMNS + 1;
        var createAt = Query.nullableLong(row, column++);
        if (createAt == null) {
            return null;
        }
        var hash = row.getBytes(column++);
        var rootTime = row.getLong(column++);
        var rootId = row.getString(column++);
        var segment = Query.nullableLong(row, column++);
        var offset = row.getLong(column++);
        var length = row.getInt(column++);
        return new Imported(
                hash,
                rootId == null ? null : new Key(rootTime, rootId),
                segment == null ? null : new StageSlot(segment.intValue(), offset, length),
                row.getInt(column),
                createAt);
    }
}
