package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import dev.caravan.model.Problem;
import dev.caravan.model.Sha256;

/**
 * Who did what, append-only, each entry chained to the one before. An entry needs no lease: it decides nothing about records, and must be written while a run,
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

    static AuditLog of(Database database, Clock clock) {
        return new AuditLog(database, clock);
    }

    /**
     * @param seq grows in the order of writing
     * @param what a stable word, key {@code console.did.<what>} of the words for people
     * @param detail numbers, ids, a reason: never text of a message
     * @param hash SHA-256 of this entry and of the hash before, in hexadecimal
     */
    public record Entry(long seq, Instant time, String who, String what, String detail, String hash) {}

    /**
     * Whether the entries are those that were written.
     *
     * @param entries of the chain
     * @param head hash of the last one: who keeps it elsewhere can tell later that nothing before was rewritten
     * @param brokenAt the first entry that is not as it was written, or that follows on a missing one; null while all hold
     */
    public record Chain(boolean holds, long entries, String head, Long brokenAt) {}

    /**
     * Returns when it is durable.
     *
     * @throws Problem CRV-305, 307 when it cannot be written
     */
    public void add(String who, String what, String detail) {
        try (var connection = database.writer()) {
            database.begin(connection);
            add(new Transaction(connection), clock.millis(), who, what, detail);
            database.commit(connection);
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    /** Together with the deed itself. The head's row keeps entries of two processes apart. */
    static void add(Transaction transaction, long time, String who, String what, String detail) throws SQLException {
        var before = transaction
                .first(
                        "UPDATE audit_head SET entries = entries + 1 WHERE id = 1 RETURNING hash",
                        Query.Bind.NOTHING,
                        row -> row.getString(1))
                .orElseThrow();
        var hash = hash(before, time, Params.stored(who), Params.stored(what), Params.stored(detail));
        transaction.execute(
                "INSERT INTO audit (time, who, what, detail, hash) VALUES (?, ?, ?, ?, ?)",
                p -> p.number(time).text(who).text(what).text(detail).text(hash));
        transaction.execute("UPDATE audit_head SET hash = ? WHERE id = 1", p -> p.text(hash));
    }

    /** Lengths keep the texts apart: nothing can move from one field to the next unnoticed. */
    private static String hash(String before, long time, String who, String what, String detail) {
        var text = new StringBuilder(before).append(' ').append(time);
        for (var field : List.of(who, what, detail)) {
            text.append(' ').append(field.length()).append(' ').append(field);
        }
        return Sha256.hex(text.toString());
    }

    /**
     * One page, newest first.
     *
     * @param before the last {@link Entry#seq} of the page before; {@link Long#MAX_VALUE} for the first page
     */
    public List<Entry> page(long before, int limit) {
        try (var readers = new Readers(database, failures)) {
            return readers.list(
                    "SELECT seq, time, who, what, detail, hash FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?",
                    p -> p.number(before).number(limit),
                    AuditLog::entry);
        }
    }

    /** Reads all of it: some hundred thousand entries a second. */
    public Chain chain() {
        try (var readers = new Readers(database, failures)) {
            var head = readers.first(
                            "SELECT entries, hash FROM audit_head WHERE id = 1",
                            Query.Bind.NOTHING,
                            row -> new Chain(true, row.getLong(1), row.getString(2), null))
                    .orElseThrow();
            var before = "";
            long entries = 0;
            long last = 0;
            try (var all = readers.stream(
                    "SELECT seq, time, who, what, detail, hash FROM audit ORDER BY seq",
                    Query.Bind.NOTHING,
                    AuditLog::entry)) {
                while (entries < head.entries() && all.hasNext()) {
                    var entry = all.next();
                    var hash = hash(before, entry.time().toEpochMilli(), entry.who(), entry.what(), entry.detail());
                    if (!hash.equals(entry.hash())) {
                        return new Chain(false, head.entries(), head.head(), entry.seq());
                    }
                    before = hash;
                    last = entry.seq();
                    entries++;
                }
            }
            return entries == head.entries() && before.equals(head.head())
                    ? head
                    : new Chain(false, head.entries(), head.head(), last + 1);
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6));
    }
}
