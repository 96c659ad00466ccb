package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.caravan.model.Problem;
import dev.caravan.model.Tally;

/** Runs, what they are fixed to (invariant 9), and their accounts (invariant 1). */
public final class Runs {

    private static final String FROM = "SELECT id, command, state, phase, cause, started, ended FROM run ";

    private final Readers readers;
    private final Writes writes;
    private final Clock clock;

    Runs(Readers readers, Writes writes, Clock clock) {
        this.readers = readers;
        this.writes = writes;
        this.clock = clock;
    }

    /**
     * Goes on with the last run of this command if it is unfinished, else starts a new one.
     *
     * @param fingerprint hash of every file and setting that shapes the result, by its name
     * @param acceptChanges whether a run may go on under another fingerprint, which is then stored
     * @throws Problem CRV-304 when it may not, with the changed names
     */
    public Run start(String command, SortedMap<String, String> fingerprint, boolean acceptChanges) {
        return writes.write(transaction -> {
            var last = transaction.first(
                    FROM + "WHERE command = ? ORDER BY id DESC LIMIT 1", p -> p.text(command), Runs::run);
            int id = last.isPresent() && last.get().state() != Run.State.COMPLETED
                    ? resume(transaction, last.get(), fingerprint, acceptChanges)
                    : insert(transaction, command, fingerprint);
            return transaction
                    .first(FROM + "WHERE id = ?", p -> p.number(id), Runs::run)
                    .orElseThrow();
        });
    }

    private static int resume(
            Transaction transaction, Run run, SortedMap<String, String> fingerprint, boolean acceptChanges)
            throws SQLException {
        var before = new TreeMap<String, String>();
        transaction.list(
                "SELECT name, hash FROM fingerprint WHERE run = ?",
                p -> p.number(run.id()),
                row -> before.put(row.getString(1), row.getString(2)));
        var changed = new TreeSet<>(before.keySet());
        changed.addAll(fingerprint.keySet());
        changed.removeIf(name -> before.containsKey(name) && before.get(name).equals(fingerprint.get(name)));
        if (!changed.isEmpty()) {
            if (!acceptChanges && hasCheckpoint(transaction, run.id())) {
                throw new Problem("CRV-304", Integer.toString(run.id()), String.join(", ", changed));
            }
            transaction.execute("DELETE FROM fingerprint WHERE run = ?", p -> p.number(run.id()));
            insertFingerprint(transaction, run.id(), fingerprint);
        }
        transaction.execute(
                "UPDATE run SET state = ?, cause = NULL, ended = NULL WHERE id = ?",
                p -> p.code(Run.State.RUNNING).number(run.id()));
        return run.id();
    }

    /** Before its first checkpoint nothing depends on what a run was started with: a mistake in it may just be mended. */
    private static boolean hasCheckpoint(Transaction transaction, int run) throws SQLException {
        return transaction
                .first("SELECT 1 FROM checkpoint WHERE run = ? LIMIT 1", p -> p.number(run), row -> row.getInt(1))
                .isPresent();
    }

    private int insert(Transaction transaction, String command, SortedMap<String, String> fingerprint)
            throws SQLException {
        int id = transaction
                .first("SELECT COALESCE(MAX(id), 0) + 1 FROM run", Query.Bind.NOTHING, row -> row.getInt(1))
                .orElseThrow();
        transaction.execute(
                "INSERT INTO run (id, command, state, started) VALUES (?, ?, ?, ?)",
                p -> p.number(id).text(command).code(Run.State.RUNNING).number(clock.millis()));
        insertFingerprint(transaction, id, fingerprint);
        return id;
    }

    private static void insertFingerprint(Transaction transaction, int run, SortedMap<String, String> fingerprint)
            throws SQLException {
        transaction.append("fingerprint", "run, name, hash", fingerprint.entrySet(), (p, entry) -> p.number(run)
                .text(entry.getKey())
                .text(entry.getValue()));
    }

    public void complete(int run) {
        end(run, Run.State.COMPLETED, null);
    }

    /** @param cause for people: why it stopped before its end */
    public void interrupt(int run, String cause) {
        end(run, Run.State.INTERRUPTED, cause);
    }

    /**
     * What an unfinished run did was taken back: when it goes on it begins anew, with an empty account.
     *
     * @param but the run that took it back
     */
    public void forgetUnfinished(int but) {
        writes.write(transaction -> {
            for (var table : List.of("checkpoint", "account")) {
                transaction.execute(
                        "DELETE FROM " + table + " WHERE run IN (SELECT id FROM run WHERE state <> ? AND id <> ?)",
                        p -> p.code(Run.State.COMPLETED).number(but));
            }
            Approvals.revokeUnfinished(transaction, clock.millis());
            return null;
        });
    }

    private void end(int run, Run.State state, String cause) {
        writes.write(transaction -> transaction.execute(
                "UPDATE run SET state = ?, cause = ?, ended = ? WHERE id = ?",
                p -> p.code(state).text(cause).number(clock.millis()).number(run)));
    }

    public void setPhase(int run, String phase) {
        writes.write(transaction -> transaction.execute(
                "UPDATE run SET phase = ? WHERE id = ?", p -> p.text(phase).number(run)));
    }

    public Optional<Run> find(int run) {
        return readers.first(FROM + "WHERE id = ?", p -> p.number(run), Runs::run);
    }

    /** Newest first. */
    public List<Run> all() {
        return readers.list(FROM + "ORDER BY id DESC", Query.Bind.NOTHING, Runs::run);
    }

    public Optional<Run> last(String command) {
        return readers.first(FROM + "WHERE command = ? ORDER BY id DESC LIMIT 1", p -> p.text(command), Runs::run);
    }

    public Optional<Run> lastCompleted(String command) {
        return readers.first(
                FROM + "WHERE command = ? AND state = ? ORDER BY id DESC LIMIT 1",
                p -> p.text(command).code(Run.State.COMPLETED),
                Runs::run);
    }

    public SortedMap<String, String> fingerprint(int run) {
        var fingerprint = new TreeMap<String, String>();
        readers.list(
                "SELECT name, hash FROM fingerprint WHERE run = ?",
                p -> p.number(run),
                row -> fingerprint.put(row.getString(1), row.getString(2)));
        return fingerprint;
    }

    /** The run's counts from its start, over all interruptions. */
    public Tally account(int run) {
        var counts = new TreeMap<Tally.Key, Long>();
        readers.list(
                "SELECT kind, what, rule, n FROM account WHERE run = ? AND n <> 0",
                p -> p.number(run),
                row -> counts.put(
                        new Tally.Key(
                                row.getString(1),
                                Tally.What.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                                row.getString(3)),
                        row.getLong(4)));
        return new Tally(counts);
    }

    static void count(Transaction transaction, int run, Tally tally) throws SQLException {
        transaction.insert(
                "account",
                "run, kind, what, rule, n",
                "ON CONFLICT (run, kind, what, rule) DO UPDATE SET n = account.n + excluded.n",
                tally.counts().entrySet(),
                (p, count) -> {
                    var key = count.getKey();
                    p.number(run).text(key.kind()).text(key.what().name().toLowerCase(Locale.ROOT));
                    p.text(key.rule()).number((long) count.getValue());
                });
    }

    private static Run run(ResultSet row) throws SQLException {
        var ended = Query.nullableLong(row, 7);
        return new Run(
                row.getInt(1),
                row.getString(2),
                Coded.of(Run.State.values(), row.getInt(3)),
                row.getString(4),
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)),
                ended == null ? null : Instant.ofEpochMilli(ended));
    }
}
