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
            "SELECT seq, what, reason, owner, created, letter, record FROM request WHERE done IS NULL ORDER BY seq";

    private final Readers readers;
    private final Writes writes;
    private final Clock clock;
    private final DeadLetters deadLetters;

    Requests(Readers readers, Writes writes, Clock clock, DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
        this.readers = readers;
        this.writes = writes;
        this.clock = clock;
    }

    public enum What implements Coded {
        PAUSE(1),
        RESUME(2),
        EDIT(3),
        WAIVE(4);

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
     * @param letter the dead letter it is about; 0 for none
     * @param record what an edit makes of it, or null
     */
    public record Request(What what, String by, String reason, long letter, byte[] record) {
        public static Request of(What what, String by, String reason) {
            return new Request(what, by, reason, 0, null);
        }

        public static Request edit(long letter, byte[] record) {
            return new Request(What.EDIT, "", null, letter, record);
        }

        public static Request waive(long letter, String by, String reason) {
            return new Request(What.WAIVE, by, reason, letter, null);
        }
    }

    private record Stored(long seq, Request request, Instant created) {}

    /** Carries out what is asked for, in its order. Asks without writing, so that it may be called often. */
    public void carryOut() {
        if (readers.list(OPEN, Query.Bind.NOTHING, Requests::stored).isEmpty()) {
            return;
        }
        writes.write(transaction -> {
            for (var open : transaction.list(OPEN, Query.Bind.NOTHING, Requests::stored)) {
                if (deadLetters.isUnderWay(open.request().letter())) {
                    continue;
                }
                carryOut(transaction, open);
                transaction.execute(
                        "UPDATE request SET done = ?, record = NULL WHERE seq = ?",
                        p -> p.number(clock.millis()).number(open.seq()));
            }
            return null;
        });
    }

    /** Whether requests were carried out. */
    public boolean areDone(Left left) {
        return readers.first(
                        "SELECT seq FROM request WHERE seq BETWEEN ? AND ? AND done IS NULL LIMIT 1",
                        p -> p.number(left.first()).number(left.last()),
                        row -> row.getLong(1))
                .isEmpty();
    }

    /** Numbers of requests that were left together. */
    public record Left(long first, long last) {}

    /** Empty while the migration may go on. */
    public Optional<Pause> pause() {
        return readers.first(
                "SELECT since, owner, reason FROM pause WHERE id = 1",
                Query.Bind.NOTHING,
                row -> new Pause(Instant.ofEpochMilli(row.getLong(1)), row.getString(2), row.getString(3)));
    }

    private void carryOut(Transaction transaction, Stored open) throws SQLException {
        var request = open.request();
        switch (request.what()) {
            case PAUSE -> pause(transaction, open);
            case RESUME -> transaction.execute("DELETE FROM pause", Query.Bind.NOTHING);
            case EDIT -> deadLetters.edit(transaction, request.letter(), request.record());
            case WAIVE -> deadLetters.waive(transaction, request.letter(), request.by(), request.reason());
        }
    }

    /** A second pause changes who asked and why; it is paused since the first. */
    private static void pause(Transaction transaction, Stored open) throws SQLException {
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
                "INSERT INTO request (what, reason, owner, created, letter, record) VALUES (?, ?, ?, ?, ?, ?) RETURNING seq",
                p -> p.code(request.what())
                        .text(request.reason())
                        .text(request.by())
                        .number(now.toEpochMilli())
                        .number(request.letter())
                        .bytes(request.record()),
                row -> row.getLong(1));
        return seq.get(0);
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getLong(1),
                new Request(
                        Coded.of(ALL, row.getInt(2)),
                        row.getString(4),
                        row.getString(3),
                        row.getLong(6),
                        row.getBytes(7)),
                Instant.ofEpochMilli(row.getLong(5)));
    }
}
