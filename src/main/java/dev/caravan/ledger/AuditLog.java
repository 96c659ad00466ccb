package dev.caravan.ledger;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import dev.caravan.model.Problem;

/**
 * Who did what, append-only. An entry needs no lease: it decides nothing about records, and must be written while a run,
 * perhaps another process's, holds the ledger.
 */
public final class AuditLog {

    private final Database database;
    private final Failures failures;
    private final Clock clock;

    private AuditLog(Database database, Clock clock) {
        this.database = database;
        this.failures = new Failures(database);
        this.clock = clock;
    }

    /** Of a ledger that is there; opens nothing yet. */
    public static AuditLog of(LedgerAddress address) {
        return new AuditLog(Database.at(address), Clock.systemUTC());
    }

    /**
     * @param seq grows in the order of writing
     * @param what a stable word, key {@code console.did.<what>} of the words for people
     * @param detail numbers, ids, a reason: never text of a message
     */
    public record Entry(long seq, Instant time, String who, String what, String detail) {}

    /**
     * Returns when it is durable.
     *
     * @throws Problem CRV-305, 307 when it cannot be written
     */
    public void add(String who, String what, String detail) {
        try (var connection = database.writer()) {
            database.begin(connection);
            try (var insert =
                    connection.prepareStatement("INSERT INTO audit (time, who, what, detail) VALUES (?, ?, ?, ?)")) {
                new Params(insert).number(clock.millis()).text(who).text(what).text(detail);
                insert.executeUpdate();
            }
            database.commit(connection);
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    /**
     * One page, newest first.
     *
     * @param before the last {@link Entry#seq} of the page before; {@link Long#MAX_VALUE} for the first page
     */
    public List<Entry> page(long before, int limit) {
        try (var readers = new Readers(database, failures)) {
            return readers.list(
                    "SELECT seq, time, who, what, detail FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?",
                    p -> p.number(before).number(limit),
                    row -> new Entry(
                            row.getLong(1),
                            Instant.ofEpochMilli(row.getLong(2)),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5)));
        }
    }
}
