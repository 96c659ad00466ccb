package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

import dev.caravan.model.Kind;

/** Where records stand on the target, for whoever looks them up. */
public final class Arrivals {

    private static final int MICROS = 1_000;

    private static final String FROM =
            "SELECT r.time, r.id, r.target_id, r.objects, r.state, COALESCE(i.create_at, a.create_at) FROM record r"
                    + " LEFT JOIN imported i ON i.kind = r.kind AND i.lane = r.lane AND i.time = r.time AND i.id = r.id"
                    + " LEFT JOIN assigned_time a ON a.seal = (SELECT MAX(number) FROM seal) AND a.lane = r.lane"
                    + " AND a.time = r.time AND a.id = r.id WHERE r.kind = ? AND r.lane = ? ";

    private final Readers readers;

    Arrivals(Readers readers) {
        this.readers = readers;
    }

    /**
     * @param targetId the target's own id, or null
     * @param objects how many objects on the target it became; 0 when a rule left it out
     * @param shown the time the target shows, in ms since 1970
     */
    public record Arrival(Key key, String targetId, int objects, RecordState state, long shown) {

        /** Whether it is there, as far as the ledger knows. */
        public boolean arrived() {
            return objects > 0
                    && switch (state) {
                        case DELIVERED, MENDED, SENT, DELETED -> true;
                        case INTENT, UNCERTAIN -> false;
                    };
        }
    }

    public Optional<Arrival> find(Kind kind, int lane, Key key) {
        return readers.first(
                FROM + "AND r.time = ? AND r.id = ?",
                p -> p.number(Coded.ofKind(kind))
                        .number(lane)
                        .number(key.time())
                        .text(key.id()),
                Arrivals::arrival);
    }

    /** By source id alone, which goes through all of the lane. */
    public Optional<Arrival> find(Kind kind, int lane, String id) {
        return readers.first(
                FROM + "AND r.id = ?",
                p -> p.number(Coded.ofKind(kind)).number(lane).text(id),
                Arrivals::arrival);
    }

    /** The messages of one lane by (time, id). */
    public Cursor<Arrival> messages(int lane) {
        return readers.stream(
                FROM + "ORDER BY r.time, r.id",
                p -> p.number(Coded.ofKind(Kind.MESSAGE)).number(lane),
                Arrivals::arrival);
    }

    /** What the first thing that a record did to a live target was done to; nothing where nobody wrote that down. */
    public Optional<String> firstEffect(Kind kind, int lane, Key key) {
        return readers.first(
                "SELECT target FROM effect WHERE kind = ? AND lane = ? AND time = ? AND id = ? ORDER BY seq LIMIT 1",
                p -> p.number(Coded.ofKind(kind))
                        .number(lane)
                        .number(key.time())
                        .text(key.id()),
                row -> row.getString(1));
    }

    private static Arrival arrival(ResultSet row) throws SQLException {
        var assigned = Query.nullableLong(row, 6);
        return new Arrival(
                new Key(row.getLong(1), row.getString(2)),
                row.getString(3),
                row.getInt(4),
                RecordState.of(row.getInt(5)),
                assigned == null ? row.getLong(1) / MICROS : assigned);
    }
}
