package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.caravan.model.Kind;
import dev.caravan.model.Span;
import dev.caravan.model.StageSlot;

/** Every record delivered. Key: kind, lane, source time, source id; text compares by its UTF-8 bytes. */
public final class Records {

    /** Of table {@code record r}, 16 of them, as {@link #row} reads them. */
    static final String COLUMNS = "r.kind, r.lane, r.time, r.id, r.version, r.hash, r.digests, r.root_time,"
            + " r.root_id, r.segment, r.segment_offset, r.segment_length, r.objects, r.target_id, r.state, r.run";

    private static final String FROM = "SELECT " + COLUMNS + " FROM record r ";

    private static final int KEYS_PER_QUERY = 500;

    private final Readers readers;

    Records(Readers readers) {
        this.readers = readers;
    }

    /**
     * @param records how many in this state
     * @param objects how many objects on the target they are
     */
    public record Count(int lane, RecordState state, long records, long objects) {}

    /** @param objects how many objects on the target these records are */
    public record Written(Kind kind, long records, long objects) {}

    /** What a run wrote, by kind; a record that a later run wrote again is that run's. */
    public List<Written> written(int run) {
        return readers.list(
                "SELECT kind, COUNT(*), SUM(objects) FROM record WHERE run = ? GROUP BY kind ORDER BY kind",
                p -> p.number(run),
                row -> new Written(Coded.kind(row.getInt(1)), row.getLong(2), row.getLong(3)));
    }

    /** The last run that brought records of one kind; nothing when none did. */
    public Optional<Integer> lastRun(Kind kind) {
        return readers
                .list(
                        "SELECT MAX(run) FROM record WHERE kind = ?",
                        p -> p.number(Coded.ofKind(kind)),
                        row -> Query.nullableLong(row, 1))
                .stream()
                .filter(Objects::nonNull)
                .map(Long::intValue)
                .findFirst();
    }

    /** What is known of one stretch of a lane, in key order. */
    public List<Known> known(Kind kind, int lane, Span span) {
        return readers.list(
                "SELECT time, id, version, hash, state, run, target_id FROM record"
                        + " WHERE kind = ? AND lane = ? AND time > ? AND time <= ? ORDER BY time, id",
                p -> p.number(Coded.ofKind(kind))
                        .number(lane)
                        .number(span.after())
                        .number(span.until()),
                row -> new Known(
                        new Key(row.getLong(1), row.getString(2)),
                        row.getLong(3),
                        row.getBytes(4),
                        RecordState.of(row.getInt(5)),
                        row.getInt(6),
                        row.getString(7)));
    }

    /** The greatest of the target's ids of one lane, as text; nothing when it has none. */
    public Optional<String> greatestTargetId(Kind kind, int lane) {
        return readers.list(
                        "SELECT MAX(target_id) FROM record WHERE kind = ? AND lane = ?",
                        p -> p.number(Coded.ofKind(kind)).number(lane),
                        row -> Optional.ofNullable(row.getString(1)))
                .get(0);
    }

    /**
     * The rows there are for these keys, in no order; a key in nobody's row is left out. Asks by time alone, which both
     * databases answer from the primary key without knowing how much is in the table; records of the directory have no
     * time, so these are asked for by id.
     */
    public List<Row> find(Kind kind, int lane, Collection<Key> keys) {
        var wanted = Set.copyOf(keys);
        var found = new ArrayList<Row>();
        var times = wanted.stream()
                .map(Key::time)
                .filter(time -> time != 0)
                .distinct()
                .sorted();
        inParts(times.toList(), some -> find(kind, lane, "r.time IN ", some, Params::number, found));
        var ids = wanted.stream().filter(key -> key.time() == 0).map(Key::id).sorted();
        inParts(ids.toList(), some -> find(kind, lane, "r.time = 0 AND r.id IN ", some, Params::text, found));
        found.removeIf(row -> !wanted.contains(row.key()));
        return found;
    }

    private static <T> void inParts(List<T> all, Consumer<List<T>> query) {
        for (int from = 0; from < all.size(); from += KEYS_PER_QUERY) {
            query.accept(all.subList(from, Math.min(all.size(), from + KEYS_PER_QUERY)));
        }
    }

    private interface Setter<T> {
        void set(Params params, T value) throws SQLException;
    }

    private <T> void find(Kind kind, int lane, String condition, List<T> some, Setter<T> setter, List<Row> found) {
        var places = String.join(", ", Collections.nCopies(some.size(), "?"));
        found.addAll(readers.list(
                FROM + "WHERE r.kind = ? AND r.lane = ? AND " + condition + "(" + places + ")",
                p -> {
                    p.number(Coded.ofKind(kind)).number(lane);
                    for (T value : some) {
                        setter.set(p, value);
                    }
                },
                Records::row));
    }

    /** One lane by (time, id). */
    public Cursor<Row> inOrder(Kind kind, int lane) {
        return readers.stream(
                FROM + "WHERE r.kind = ? AND r.lane = ? ORDER BY r.time, r.id",
                p -> p.number(Coded.ofKind(kind)).number(lane),
                Records::row);
    }

    /** The messages of one lane, each root followed by its replies: by (root's key, own key). */
    public Cursor<Row> byThread(int lane) {
        return readers.stream(
                FROM + "WHERE r.kind = ? AND r.lane = ?"
                        + " ORDER BY COALESCE(r.root_time, r.time), COALESCE(r.root_id, r.id), r.time, r.id",
                p -> p.number(Coded.ofKind(Kind.MESSAGE)).number(lane),
                Records::row);
    }

    /** What should be in the package of one lane, roots before their replies: what was imported is repeated as it was. */
    public Cursor<Sealed> sealed(int lane, int seal) {
        return readers.stream(
                "SELECT r.time, r.id, r.digests, r.root_time, r.root_id, r.objects, a.create_at, r.run,"
                        + " i.hash, r.hash, i.digests, i.root_time, i.root_id, i.objects FROM record r"
                        + " LEFT JOIN assigned_time a ON a.seal = ? AND a.lane = r.lane AND a.time = r.time AND a.id = r.id"
                        + " LEFT JOIN imported i ON i.kind = r.kind AND i.lane = r.lane AND i.time = r.time AND i.id = r.id"
                        + " WHERE r.kind = ? AND r.lane = ? AND r.state IN (?, ?) " + Imports.BY_THREAD,
                p -> p.number(seal)
                        .number(Coded.ofKind(Kind.MESSAGE))
                        .number(lane)
                        .code(RecordState.DELIVERED)
                        .code(RecordState.MENDED),
                row -> row.getBytes(9) == null ? sealed(lane, row) : imported(lane, row));
    }

    /** What should be on a running system of one lane, by (time, id). */
    public Cursor<Sealed> delivered(int lane) {
        return readers.stream(
                "SELECT r.time, r.id, r.digests, r.root_time, r.root_id, r.objects, 0, r.run FROM record r"
                        + " WHERE r.kind = ? AND r.lane = ? AND r.state IN (?, ?) AND r.objects > 0"
                        + " ORDER BY r.time, r.id",
                p -> p.number(Coded.ofKind(Kind.MESSAGE))
                        .number(lane)
                        .code(RecordState.DELIVERED)
                        .code(RecordState.MENDED),
                row -> sealed(lane, row));
    }

    private static Sealed sealed(int lane, ResultSet row) throws SQLException {
        var rootId = row.getString(5);
        return new Sealed(
                lane,
                new Key(row.getLong(1), row.getString(2)),
                row.getBytes(3),
                rootId == null ? null : new Key(row.getLong(4), rootId),
                row.getInt(6),
                row.getLong(7),
                row.getInt(8),
                null);
    }

    private static Sealed imported(int lane, ResultSet row) throws SQLException {
        var rootId = row.getString(13);
        return new Sealed(
                lane,
                new Key(row.getLong(1), row.getString(2)),
                row.getBytes(11),
                rootId == null ? null : new Key(row.getLong(12), rootId),
                row.getInt(14),
                row.getLong(7),
                row.getInt(8),
                Arrays.equals(row.getBytes(9), row.getBytes(10)) ? null : row.getBytes(3));
    }

    /** Source ids of one kind, in no order. */
    public Cursor<String> ids(Kind kind) {
        return readers.stream(
                "SELECT id FROM record WHERE kind = ?", p -> p.number(Coded.ofKind(kind)), row -> row.getString(1));
    }

    /** What may be on a live target or not: nobody wrote down that it arrived. */
    public Cursor<Row> inDoubt() {
        return readers.stream(
                FROM + "WHERE r.state IN (?, ?) ORDER BY r.kind, r.lane, r.time, r.id",
                p -> p.code(RecordState.INTENT).code(RecordState.UNCERTAIN),
                Records::row);
    }

    /** All of one kind by source id. */
    public Cursor<Row> ofKind(Kind kind) {
        return readers.stream(
                FROM + "WHERE r.kind = ? ORDER BY r.id, r.lane, r.time",
                p -> p.number(Coded.ofKind(kind)),
                Records::row);
    }

    /** All of one kind by (the target's id, source id); those without a target id first. */
    public Cursor<Row> byTargetId(Kind kind) {
        return readers.stream(
                FROM + "WHERE r.kind = ? ORDER BY COALESCE(r.target_id, ''), r.id, r.lane, r.time",
                p -> p.number(Coded.ofKind(kind)),
                Records::row);
    }

    /** Per lane and state, by lane. */
    public List<Count> counts(Kind kind) {
        return readers.list(
                "SELECT lane, state, COUNT(*), SUM(objects) FROM record WHERE kind = ?"
                        + " GROUP BY lane, state ORDER BY lane, state",
                p -> p.number(Coded.ofKind(kind)),
                row -> new Count(row.getInt(1), RecordState.of(row.getInt(2)), row.getLong(3), row.getLong(4)));
    }

    static Row row(ResultSet row) throws SQLException {
        var rootId = row.getString(9);
        var segment = Query.nullableLong(row, 10);
        return new Row(
                Coded.kind(row.getInt(1)),
                row.getInt(2),
                new Key(row.getLong(3), row.getString(4)),
                row.getLong(5),
                row.getBytes(6),
                row.getBytes(7),
                rootId == null ? null : new Key(row.getLong(8), rootId),
                segment == null ? null : new StageSlot(segment.intValue(), row.getLong(11), row.getInt(12)),
                row.getInt(13),
                row.getString(14),
                RecordState.of(row.getInt(15)),
                row.getInt(16));
    }
}
