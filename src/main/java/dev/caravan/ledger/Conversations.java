package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import dev.caravan.model.Kind;
import dev.caravan.model.Link;

/** What became of each conversation of the source. */
public final class Conversations {

    private final Readers readers;

    Conversations(Readers readers) {
        this.readers = readers;
    }

    /**
     * @param read messages the run read in the lane that this conversation gives its name to; 0 for the others of a lane
     * @param records messages the target has, of this and earlier runs, of all conversations that share the target
     * @param first us since 1970, 0 when there is no record
     * @param last us since 1970, 0 when there is no record
     */
    public record Account(
            Link link,
            long read,
            long delivered,
            long unchanged,
            long filtered,
            long dead,
            long records,
            long first,
            long last) {}

    /** By lane, then by source id, one by one. */
    public Cursor<Account> accounts(int run) {
        return readers.stream(
                "SELECT l.source_id, l.target, l.number, l.name, c.n_read, c.n_delivered, c.n_unchanged, c.n_filtered,"
                        + " c.n_dead, r.n, r.first_time, r.last_time FROM link l"
                        + " LEFT JOIN checkpoint c ON c.run = ? AND c.kind = ? AND c.lane = l.source_id"
                        + " LEFT JOIN (SELECT lane, COUNT(*) AS n, MIN(time) AS first_time, MAX(time) AS last_time"
                        + " FROM record WHERE kind = ? GROUP BY lane) r ON r.lane = l.number AND l.number > 0"
                        + " WHERE l.kind = ? ORDER BY l.number, l.source_id",
                p -> p.number(run)
                        .number(Coded.ofKind(Kind.MESSAGE))
                        .number(Coded.ofKind(Kind.MESSAGE))
                        .number(Coded.ofKind(Kind.CHANNEL)),
                Conversations::account);
    }

    /**
     * What a run read of a conversation, as far as it has come; 0 for those that share the lane of another.
     *
     * @param link where it went
     */
    public record Read(Link link, long read, long delivered, long unchanged, long filtered, long dead) {}

    /**
     * One page, by source id; the cost does not depend on how many messages there are.
     *
     * @param after the last source id of the page before; empty for the first page
     */
    public List<Read> page(int run, String after, int limit) {
        return readers.list(
                "SELECT l.source_id, l.target, l.number, l.name, c.n_read, c.n_delivered, c.n_unchanged, c.n_filtered,"
                        + " c.n_dead FROM link l LEFT JOIN checkpoint c ON c.run = ? AND c.kind = ? AND c.lane = l.source_id"
                        + " WHERE l.kind = ? AND l.source_id > ? ORDER BY l.source_id LIMIT ?",
                p -> p.number(run)
                        .number(Coded.ofKind(Kind.MESSAGE))
                        .number(Coded.ofKind(Kind.CHANNEL))
                        .text(after)
                        .number(limit),
                row -> new Read(
                        new Link(Kind.CHANNEL, row.getString(1), row.getString(2), row.getInt(3), row.getString(4)),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9)));
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                new Link(Kind.CHANNEL, row.getString(1), row.getString(2), row.getInt(3), row.getString(4)),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12));
    }
}
