package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who allowed which phase of which run to begin, and the phase that waits for it. All of it outlives every process. */
public final class Approvals {

    private static final String FROM =
            "SELECT seq, run, phase, digest, fingerprint, who, time, used, voided FROM approval ";

    private final Readers readers;
    private final Writes writes;
    private final Clock clock;

    Approvals(Readers readers, Writes writes, Clock clock) {
        this.readers = readers;
        this.writes = writes;
        this.clock = clock;
    }

    /**
     * What somebody allows.
     *
     * @param digest of all it binds: run, phase, fingerprint, counts and verdict
     * @param fingerprint digest of the run's files and settings alone
     */
    public record Approval(int run, String phase, String digest, String fingerprint, String who) {}

    /**
     * @param seq grows in the order of approving
     * @param used when the phase began by it, or null
     * @param voided when it was found to be void, or null
     */
    public record Entry(long seq, Approval approval, Instant time, Instant used, Instant voided) {}

    /** The phase before which a run waits, or waited when its process ended. */
    public record Waiting(int run, String phase, Instant since) {}

    /** Notes who starts a run, or goes on with it. */
    public void started(int run, String who) {
        writes.write(transaction -> transaction.execute(
                "INSERT INTO run_start (run, who, time) VALUES (?, ?, ?)",
                p -> p.number(run).text(who).number(clock.millis())));
    }

    /** Everybody who started the run or went on with it. */
    public List<String> starters(int run) {
        return readers.list(
                "SELECT DISTINCT who FROM run_start WHERE run = ? ORDER BY who",
                p -> p.number(run),
                row -> row.getString(1));
    }

    /** The run waits before that phase; it is still since the first time that it does so. */
    public void await(int run, String phase) {
        writes.write(transaction -> transaction.execute(
                "INSERT INTO approval_wait (id, run, phase, since) VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                        + " since = CASE WHEN approval_wait.run = excluded.run AND approval_wait.phase = excluded.phase"
                        + " THEN approval_wait.since ELSE excluded.since END, run = excluded.run, phase = excluded.phase",
                p -> p.number(run).text(phase).number(clock.millis())));
    }

    /** Empty while no run waits. */
    public Optional<Waiting> waiting() {
        return readers.first(
                "SELECT run, phase, since FROM approval_wait WHERE id = 1",
                Query.Bind.NOTHING,
                row -> new Waiting(row.getInt(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))));
    }

    /** Of one run and phase, oldest first. */
    public List<Entry> of(int run, String phase) {
        return readers.list(
                FROM + "WHERE run = ? AND phase = ? ORDER BY seq",
                p -> p.number(run).text(phase),
                Approvals::entry);
    }

    /** Newest first, the void ones among them. */
    public List<Entry> last(int limit) {
        return readers.list(FROM + "ORDER BY seq DESC LIMIT ?", p -> p.number(limit), Approvals::entry);
    }

    /** No run waits any longer. */
    public void goOn() {
        writes.write(transaction -> transaction.execute("DELETE FROM approval_wait", Query.Bind.NOTHING));
    }

    /** The phase begins by this approval. */
    public void use(long seq) {
        writes.write(transaction ->
                transaction.execute("UPDATE approval SET used = ? WHERE seq = ?", p -> p.number(clock.millis())
                        .number(seq)));
    }

    /** What it binds has changed, or whoever gave it may not. */
    public void revoke(long seq) {
        writes.write(transaction -> transaction.execute(
                "UPDATE approval SET voided = ? WHERE seq = ? AND voided IS NULL",
                p -> p.number(clock.millis()).number(seq)));
    }

    /** What unfinished runs did was taken back: nothing that was approved of them holds. */
    static void revokeUnfinished(Transaction transaction, long now) throws SQLException {
        transaction.execute(
                "UPDATE approval SET voided = ? WHERE voided IS NULL AND run IN (SELECT id FROM run WHERE state <> ?)",
                p -> p.number(now).code(Run.State.COMPLETED));
        transaction.execute("DELETE FROM approval_wait", Query.Bind.NOTHING);
    }

    /** See {@link Ledger#approve}. */
    static void leave(Transaction transaction, Approval approval, Instant now) throws SQLException {
        transaction.execute(
                "INSERT INTO approval (run, phase, digest, fingerprint, who, time) VALUES (?, ?, ?, ?, ?, ?)",
                p -> p.number(approval.run())
                        .text(approval.phase())
                        .text(approval.digest())
                        .text(approval.fingerprint())
                        .text(approval.who())
                        .number(now.toEpochMilli()));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong(1),
                new Approval(row.getInt(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6)),
                Instant.ofEpochMilli(row.getLong(7)),
                time(row, 8),
                time(row, 9));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        var millis = Query.nullableLong(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
