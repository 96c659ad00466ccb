package dev.caravan.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * What people were told of a migration. As an entry of the {@link AuditLog} it needs no lease: it decides nothing about
 * records, and is written while a run holds the ledger.
 */
public final class Notices {

    private final Database database;
    private final Failures failures;
    private final Clock clock;

    private Notices(Database database, Clock clock) {
        this.database = database;
        this.failures = new Failures(database);
        this.clock = clock;
    }

    /** Of a ledger that is there; opens nothing yet. */
    public static Notices of(LedgerAddress address) {
        return new Notices(Database.at(address), Clock.systemUTC());
    }

    /**
     * @param seq grows in the order of telling
     * @param cause what is not told again too soon
     * @param event phase, halt, failure, dead-letters or result
     * @param ended null while it is on its way, or when its process ended before
     * @param failure why it did not arrive, without any secret; null when it did
     */
    public record Entry(
            long seq, String cause, String event, String channel, Instant created, Instant ended, String failure) {}

    private interface Change<T> {
        T in(Transaction transaction) throws SQLException;
    }

    /**
     * Notes that something is about to be told.
     *
     * @return its number, by which its end is noted
     * @throws dev.caravan.model.Problem CRV-305, 307 when it cannot be written
     */
    public long begin(String cause, String event, String channel) {
        return write(transaction -> transaction
                .list(
                        "INSERT INTO notice (cause, event, channel, created) VALUES (?, ?, ?, ?) RETURNING seq",
                        p -> p.text(cause).text(event).text(channel).number(clock.millis()),
                        row -> row.getLong(1))
                .get(0));
    }

    /** @param failure null when it arrived */
    public void end(long seq, String failure) {
        write(transaction -> transaction.execute(
                "UPDATE notice SET ended = ?, failure = ? WHERE seq = ?",
                p -> p.number(clock.millis()).text(failure).number(seq)));
    }

    /** Whether something of that cause was told since then. */
    public boolean isTold(String cause, Instant since) {
        try (var readers = new Readers(database, failures)) {
            return readers.first(
                            "SELECT 1 FROM notice WHERE cause = ? AND created > ? LIMIT 1",
                            p -> p.text(cause).number(since.toEpochMilli()),
                            row -> row.getInt(1))
                    .isPresent();
        }
    }

    /** Newest first. */
    public List<Entry> last(int limit) {
        try (var readers = new Readers(database, failures)) {
            return readers.list(
                    "SELECT seq, cause, event, channel, created, ended, failure FROM notice ORDER BY seq DESC LIMIT ?",
                    p -> p.number(limit),
                    row -> {
                        var ended = Query.nullableLong(row, 6);
                        return new Entry(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                Instant.ofEpochMilli(row.getLong(5)),
                                ended == null ? null : Instant.ofEpochMilli(ended),
                                row.getString(7));
                    });
        }
    }

    private <T> T write(Change<T> change) {
        try (Connection connection = database.writer()) {
            database.begin(connection);
            T result = change.in(new Transaction(connection));
            database.commit(connection);
            return result;
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }
}
