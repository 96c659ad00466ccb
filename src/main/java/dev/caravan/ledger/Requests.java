package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What commands ask of the process that writes, and whether the migration is paused. Both outlive every process. */
public final class Requests {

    private static final What[] ALL = What.values();
    private static final String OPEN =
            "SELECT seq, what, reason, owner, created FROM request WHERE done IS NULL" + " ORDER BY seq";

    private final Readers readers;
    private final Writes writes;
    private final Clock clock;

    Requests(Readers readers, Writes writes, Clock clock) {
        this.readers = readers;
        this.writes = writes;
        this.clock = clock;
    }

    public enum What implements Coded {
        PAUSE(1),
        RESUME(2);

        private final int code;

        What(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /**
     * @param by who asks
     * @param reason in that person's words, or null
     */
    public record Request(What what, String by, String reason) {}

    private record Stored(long seq, Request request, Instant created) {}

    /** Carries out what is asked for, in its order. Asks without writing, so that it may be called often. */
    public void carryOut() {
        if (readers.list(OPEN, Query.Bind.NOTHING, Requests::stored).isEmpty()) {
            return;
        }
        writes.write(transaction -> {
            for (var open : transaction.list(OPEN, Query.Bind.NOTHING, Requests::stored)) {
                carryOut(transaction, open);
                transaction.execute("UPDATE request SET done = ? WHERE seq = ?", p -> p.number(clock.millis())
                        .number(open.seq()));
            }
            return null;
        });
    }

    /** Whether a request was carried out. */
    public boolean isDone(long seq) {
        return readers.first(
                        "SELECT 1 FROM request WHERE seq = ? AND done IS NOT NULL",
                        p -> p.number(seq),
                        row -> row.getInt(1))
                .isPresent();
    }

    /** Empty while the migration may go on. */
    public Optional<Pause> pause() {
        return readers.first(
                "SELECT since, owner, reason FROM pause WHERE id = 1",
                Query.Bind.NOTHING,
                row -> new Pause(Instant.ofEpochMilli(row.getLong(1)), row.getString(2), row.getString(3)));
    }

    /** A second pause changes who asked and why; it is paused since the first. */
    private static void carryOut(Transaction transaction, Stored open) throws SQLException {
        if (open.request().what() == What.RESUME) {
            transaction.execute("DELETE FROM pause", Query.Bind.NOTHING);
            return;
        }
        transaction.execute(
                "INSERT INTO pause (id, since, owner, reason) VALUES (1, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, reason = excluded.reason",
                p -> p.number(open.created().toEpochMilli())
                        .text(open.request().by())
                        .text(open.request().reason()));
    }

    /** @return the number by which it can be asked for */
    static long leave(Transaction transaction, Request request, Instant now) throws SQLException {
        List<Long> seq = transaction.list(
                "INSERT INTO request (what, reason, owner, created) VALUES (?, ?, ?, ?) RETURNING seq",
                p -> p.code(request.what())
                        .text(request.reason())
                        .text(request.by())
                        .number(now.toEpochMilli()),
                row -> row.getLong(1));
        return seq.get(0);
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getLong(1),
                new Request(Coded.of(ALL, row.getInt(2)), row.getString(4), row.getString(3)),
                Instant.ofEpochMilli(row.getLong(5)));
    }
}
