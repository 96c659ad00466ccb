package dev.caravan.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.caravan.model.Problem;
import io.smallrye.common.net.HostName;

/**
 * The right to write: one process at a time. The database's lock tells at once whether the holder lives; the epoch, which
 * every transaction checks, keeps out a holder that lost the lock without knowing (paused, cut off) and wakes up. What it
 * would do elsewhere meanwhile, at a target, time keeps it from: it does so only shortly after a transaction, and whoever
 * takes the lease from a holder that did not give it back waits as long.
 */
public final class Lease implements AutoCloseable {

    private static final int ALIVE_WITHIN_S = 10;

    static final String HOLDER = "SELECT owner, epoch, started, heartbeat, released FROM lease WHERE id = 1";

    private final Database database;
    private final Clock clock;
    private final Certainty certainty;
    private Connection lock;
    private long epoch;
    private boolean passedBy;

    private Lease(Database database, Clock clock, Connection lock) {
        this.database = database;
        this.clock = clock;
        this.certainty = new Certainty(clock);
        this.lock = lock;
    }

    /** @throws Problem CRV-301 while another writer lives */
    static Lease lock(Database database, Clock clock) throws SQLException {
        var lock = database.lock();
        if (lock.isPresent()) {
            return new Lease(database, clock, lock.get());
        }
        var holder = whoever(database);
        throw new Problem(
                "CRV-301", database.name(), holder.owner(), holder.since().toString());
    }

    /** That the lease is held is certain; its holder may sleep at a moment at which nobody can read who it is. */
    private static Holder whoever(Database database) {
        try {
            if (database.holdsLedger()) {
                return holder(database);
            }
        } catch (SQLException unreadable) {
            // Then it is not known either.
        }
        return new Holder("?", 0, Instant.EPOCH, Instant.EPOCH, null);
    }

    /**
     * @param epoch grows by one with every holder
     * @param since when this holder opened the ledger
     * @param heartbeat when it last wrote; a run does so at least every few seconds
     * @param released when it closed the ledger; null while it writes, or was killed
     */
    public record Holder(String owner, long epoch, Instant since, Instant heartbeat, Instant released) {

        public boolean isThisProcess() {
            return owner.equals(self());
        }
    }

    static Holder holder(ResultSet row) throws SQLException {
        var released = Query.nullableLong(row, 5);
        return new Holder(
                row.getString(1),
                row.getLong(2),
                Instant.ofEpochMilli(row.getLong(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                released == null ? null : Instant.ofEpochMilli(released));
    }

    private static Holder holder(Database database) throws SQLException {
        try (var connection = database.reader();
                var row = connection.createStatement().executeQuery(HOLDER)) {
            row.next();
            return holder(row);
        }
    }

    /** Enters this process as the holder; whoever held the lease before is out from now on. */
    void take() throws SQLException {
        var connection = database.writer();
        try (connection;
                var former = connection.prepareStatement("SELECT 1 FROM lease WHERE epoch > 0 AND released IS NULL");
                var statement =
                        connection.prepareStatement("UPDATE lease SET owner = ?, epoch = epoch + 1, started = ?,"
                                + " heartbeat = ?, released = NULL WHERE id = 1 RETURNING epoch")) {
            database.begin(connection);
            try (var found = former.executeQuery()) {
                passedBy = database.losesLocks() && found.next();
            }
            var now = certainty.now();
            new StatementParams(statement).text(self()).number(now.millis()).number(now.millis());
            try (var row = statement.executeQuery()) {
                row.next();
                epoch = row.getLong(1);
            }
            database.commit(connection);
            certainty.confirm(now);
        }
    }

    boolean isCertain() {
        return certainty.lasts();
    }

    /** How long a former holder, which may not know that it was passed by, may still be certain; zero when it is gone. */
    Duration formerCertainFor() {
        return passedBy ? Certainty.LASTS : Duration.ZERO;
    }

    /**
     * Checks, inside a transaction, that the lease is still ours, and leaves a sign of life.
     *
     * @return the number of this transaction, if it is committed
     * @throws Problem CRV-302 when it is another's
     */
    long check(Transaction transaction) throws SQLException {
        var asked = certainty.now();
        long number = transaction
                .first(
                        "UPDATE lease SET heartbeat = ?, transactions = transactions + 1 WHERE id = 1 AND epoch = ?"
                                + " RETURNING transactions",
                        p -> p.number(asked.millis()).number(epoch),
                        row -> row.getLong(1))
                .orElseThrow(() -> new Problem("CRV-302", database.name()));
        certainty.confirm(asked);
        return number;
    }

    /**
     * Takes the lock again after its connection was lost, if it is free: the server may not have noticed yet that our
     * former connection is gone. Whether somebody else came first, the epoch tells.
     */
    void renewLock() throws SQLException {
        if (!lock.isValid(ALIVE_WITHIN_S)) {
            lock.close();
            lock = database.lock().orElse(lock);
        }
    }

    private static String self() {
        return System.getProperty("user.name") + "@" + HostName.getHostName() + " "
                + ProcessHandle.current().pid();
    }

    @Override
    public void close() throws SQLException {
        if (epoch > 0) {
            release();
        }
        database.unlock(lock);
    }

    /** For whoever looks; the right to write itself goes with the lock. */
    private void release() {
        try (var connection = database.writer();
                var statement =
                        connection.prepareStatement("UPDATE lease SET released = ? WHERE id = 1 AND epoch = ?")) {
            database.begin(connection);
            new StatementParams(statement).number(clock.millis()).number(epoch);
            statement.executeUpdate();
            database.commit(connection);
        } catch (SQLException e) {
            // The sign of life then grows old, which tells the same a little later.
        }
    }
}
