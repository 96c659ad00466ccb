package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.caravan.model.Finding;
import dev.caravan.model.Kind;
import dev.caravan.model.Tally;

/** Finished files, and the times they gave to messages that could not keep theirs. */
public final class Seals {

    private static final String FROM =
            "SELECT number, stage_version, path, sha256, size, inputs, created, imported FROM seal ";

    private final Readers readers;
    private final Writes writes;
    private final Clock clock;

    Seals(Readers readers, Writes writes, Clock clock) {
        this.readers = readers;
        this.writes = writes;
        this.clock = clock;
    }

    /** The number the next seal will have. */
    public int nextNumber() {
        return last().map(seal -> seal.number() + 1).orElse(1);
    }

    public Optional<Seal> last() {
        return readers.first(FROM + "ORDER BY number DESC LIMIT 1", Query.Bind.NOTHING, Seals::seal);
    }

    /** By number. */
    public List<Seal> all() {
        return readers.list(FROM + "ORDER BY number", Query.Bind.NOTHING, Seals::seal);
    }

    /**
     * Enters a file that is finished and in its place.
     *
     * @param inputs {@link SealRequest#inputs()}
     * @param tally what the seal changes in the account of the run that made it
     */
    public void add(
            int run, int number, long stageVersion, String path, String sha256, long size, String inputs, Tally tally) {
        writes.write(transaction -> {
            Runs.count(transaction, run, tally);
            return transaction.execute(
                    "INSERT INTO seal (number, stage_version, path, sha256, size, inputs, created, imported)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
                    p -> p.number(number)
                            .number(stageVersion)
                            .text(path)
                            .text(sha256)
                            .number(size)
                            .text(inputs)
                            .number(clock.millis()));
        });
    }

    /** Forgets what an interrupted seal of this number left; times that were imported are assigned already. */
    public void begin(int number) {
        writes.write(transaction -> {
            transaction.execute("DELETE FROM assigned_time WHERE seal = ?", p -> p.number(number));
            transaction.execute("DELETE FROM finding WHERE conversation = ?", p -> p.text(lane(number)));
            return transaction.execute(
                    "INSERT INTO assigned_time (seal, lane, time, id, create_at)"
                            + " SELECT ?, lane, time, id, create_at FROM imported"
                            + " WHERE kind = ? AND create_at <> time / 1000",
                    p -> p.number(number).number(Coded.ofKind(Kind.MESSAGE)));
        });
    }

    /** Keeps what the seal noticed; its count reaches the account when the seal is done. */
    public void found(int run, int number, List<Finding> findings) {
        writes.write(transaction -> {
            Findings.write(transaction, run, lane(number), findings);
            return null;
        });
    }

    /** Stands in findings of a seal where others have their lane. */
    private static String lane(int number) {
        return "seal/" + number;
    }

    /** Up to some thousands at a time. */
    public void assign(int number, List<AssignedTime> times) {
        writes.write(transaction -> {
            transaction.append("assigned_time", "seal, lane, time, id, create_at", times, (p, time) -> p.number(number)
                    .number(time.lane())
                    .number(time.key().time())
                    .text(time.key().id())
                    .number(time.createAt()));
            return null;
        });
    }

    /** Of one lane, by key. */
    public Cursor<AssignedTime> assigned(int number, int lane) {
        return readers.stream(
                "SELECT time, id, create_at FROM assigned_time WHERE seal = ? AND lane = ? ORDER BY time, id",
                p -> p.number(number).number(lane),
                row -> new AssignedTime(lane, new Key(row.getLong(1), row.getString(2)), row.getLong(3)));
    }

    private static Seal seal(ResultSet row) throws SQLException {
        return new Seal(
                row.getInt(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getString(6),
                Instant.ofEpochMilli(row.getLong(7)),
                row.getInt(8) != 0);
    }
}
