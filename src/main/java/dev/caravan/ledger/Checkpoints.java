package dev.caravan.ledger;

import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

import dev.caravan.model.Kind;
import dev.caravan.model.Tally;

/** Positions up to which the ledger knows what became of every record (invariant 2). */
public final class Checkpoints {

    private static final List<Tally.What> ACCOUNT =
            List.of(Tally.What.READ, Tally.What.DELIVERED, Tally.What.UNCHANGED, Tally.What.FILTERED, Tally.What.DEAD);

    private final Readers readers;
    private final Writes writes;

    Checkpoints(Readers readers, Writes writes) {
        this.readers = readers;
        this.writes = writes;
    }

    /** @param lane id of the lane */
    public Optional<Checkpoint> find(int run, Kind kind, String lane) {
        return readers.first(
                "SELECT position, done FROM checkpoint WHERE run = ? AND kind = ? AND lane = ?",
                p -> p.number(run).number(Coded.ofKind(kind)).text(lane),
                row -> new Checkpoint(row.getString(1), row.getInt(2) != 0));
    }

    /** These lanes have no more records of this kind. */
    static void markDone(Transaction transaction, int run, Kind kind, Collection<String> lanes) throws SQLException {
        transaction.insert(
                "checkpoint",
                "run, kind, lane, done",
                "ON CONFLICT (run, kind, lane) DO UPDATE SET done = 1",
                new LinkedHashSet<>(lanes),
                (p, lane) -> p.number(run).number(Coded.ofKind(kind)).text(lane).number(1));
    }

    /** The new position, when the batch brings one, and the lane's own account (invariant 1) beside it. */
    static void move(Transaction transaction, int run, Kind kind, String lane, String position, Tally tally)
            throws SQLException {
        var counts = ACCOUNT.stream().map(what -> tally.of(kind.word(), what)).toList();
        if (position != null || counts.stream().anyMatch(n -> n != 0)) {
            transaction.execute(
                    "INSERT INTO checkpoint (run, kind, lane, position, done, n_read, n_delivered, n_unchanged,"
                            + " n_filtered, n_dead) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (run, kind, lane) DO UPDATE SET done = 0,"
                            + " position = COALESCE(excluded.position, checkpoint.position),"
                            + " n_read = checkpoint.n_read + excluded.n_read,"
                            + " n_delivered = checkpoint.n_delivered + excluded.n_delivered,"
                            + " n_unchanged = checkpoint.n_unchanged + excluded.n_unchanged,"
                            + " n_filtered = checkpoint.n_filtered + excluded.n_filtered,"
                            + " n_dead = checkpoint.n_dead + excluded.n_dead",
                    p -> {
                        p.number(run).number(Coded.ofKind(kind)).text(lane).text(position);
                        for (long n : counts) {
                            p.number(n);
                        }
                    });
        }
    }
}
