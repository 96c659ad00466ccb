package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finished files, and the times they gave to messages that could not keep theirs. */
public final class Seals {

    private static final String FROM = "SELECT number, stage_version, path, sha256, size, created, imported FROM seal ";

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

    /** Enters a file that is finished and in its place. The same number again replaces it: that seal was interrupted. */
    public void add(int number, long stageVersion, String path, String sha256, long size) {
        writes.write(transaction -> transaction.execute(
                "INSERT INTO seal (number, stage_version, path, sha256, size, created, imported)"
                        + " VALUES (?, ?, ?, ?, ?, ?, 0) ON CONFLICT (number) DO UPDATE SET"
                        + " stage_version = excluded.stage_version, path = excluded.path, sha256 = excluded.sha256,"
                        + " size = excluded.size, created = excluded.created",
                p -> p.number(number)
                        .number(stageVersion)
                        .text(path)
                        .text(sha256)
                        .number(size)
                        .number(clock.millis())));
    }

    /** @return whether there is such a seal */
    public boolean markImported(int number) {
        return writes.write(transaction ->
                        transaction.execute("UPDATE seal SET imported = 1 WHERE number = ?", p -> p.number(number)))
                > 0;
    }

    /** Forgets what an interrupted seal of this number assigned. */
    public void clearAssigned(int number) {
        writes.write(
                transaction -> transaction.execute("DELETE FROM assigned_time WHERE seal = ?", p -> p.number(number)));
    }

    /** Up to some thousands at a time. */
    public void assign(int number, List<AssignedTime> times) {
        writes.write(transaction -> {
            transaction.insert(
                    "INSERT INTO assigned_time (seal, lane, time, id, create_at)", 5, "", times, (p, time) -> p.number(
                                    number)
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
                Instant.ofEpochMilli(row.getLong(6)),
                row.getInt(7) != 0);
    }
}
