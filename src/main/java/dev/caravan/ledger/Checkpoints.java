package dev.caravan.ledger;

import java.sql.SQLException;
import java.util.Optional;

import dev.caravan.model.Kind;

/** Positions up to which the ledger knows what became of every record (invariant 2). */
public final class Checkpoints {

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

    /** The lane has no more records of this kind. */
    public void markDone(int run, Kind kind, String lane) {
        writes.write(transaction -> transaction.execute(
                "INSERT INTO checkpoint (run, kind, lane, done) VALUES (?, ?, ?, 1)"
                        + " ON CONFLICT (run, kind, lane) DO UPDATE SET done = 1",
                p -> p.number(run).number(Coded.ofKind(kind)).text(lane)));
    }

    static void move(Transaction transaction, int run, Kind kind, String lane, String position) throws SQLException {
        if (position != null) {
            transaction.execute(
                    "INSERT INTO checkpoint (run, kind, lane, position, done) VALUES (?, ?, ?, ?, 0)"
                            + " ON CONFLICT (run, kind, lane) DO UPDATE SET position = excluded.position, done = 0",
                    p -> p.number(run).number(Coded.ofKind(kind)).text(lane).text(position));
        }
    }
}
