package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

import dev.caravan.model.Problem;

/**
 * The sample that people tick off. It decides nothing about records, so it needs no lease: it can be ticked while a run,
 * perhaps another process's, holds the ledger.
 */
public final class Ticks {

    private static final String COLUMNS =
            "place, seed, id, conversation, owner, time, delivered, verdict, note, who, ticked";

    private final Database database;
    private final Failures failures;
    private final Clock clock;

    private Ticks(Database database, Clock clock) {
        this.database = database;
        this.failures = new Failures(database);
        this.clock = clock;
    }

    /** Of a ledger that is there; opens nothing yet. */
    public static Ticks of(LedgerAddress address) {
        return new Ticks(Database.at(address), Clock.systemUTC());
    }

    /** What somebody found. */
    public enum Verdict {
        NONE,
        RIGHT,
        WRONG
    }

    /**
     * One message of the sample.
     *
     * @param place from 0, in the order of time
     * @param seed that picked it
     * @param conversation name on the target
     * @param owner who looks after the conversation, by name on the target
     * @param delivered whether the target had exactly this when the sample was drawn
     * @param note of whoever looked at it, or null
     * @param who looked at it, or null
     */
    public record Tick(
            int place,
            long seed,
            String id,
            String conversation,
            String owner,
            Instant time,
            boolean delivered,
            Verdict verdict,
            String note,
            String who,
            Instant ticked) {}

    /** How far the sample of one owner is. */
    public record Progress(String owner, long all, long right, long wrong) {
        public long left() {
            return all - right - wrong;
        }
    }

    /** A new sample in the place of the old one; what was found of messages that are in both stays. */
    public void replace(List<Tick> sample) {
        write(transaction -> {
            var known = new HashMap<String, Tick>();
            transaction
                    .list("SELECT " + COLUMNS + " FROM tick", Query.Bind.NOTHING, Ticks::tick)
                    .forEach(tick -> known.put(tick.id(), tick));
            transaction.execute("DELETE FROM tick", Query.Bind.NOTHING);
            transaction.append("tick", COLUMNS, sample, (p, tick) -> {
                var before = known.getOrDefault(tick.id(), tick);
                p.number(tick.place()).number(tick.seed()).text(tick.id());
                p.text(tick.conversation()).text(tick.owner()).number(micros(tick.time()));
                p.small(tick.delivered() ? 1 : 0).small(before.verdict().ordinal());
                p.text(before.note()).text(before.who());
                if (before.ticked() == null) {
                    p.noLong();
                } else {
                    p.number(before.ticked().toEpochMilli());
                }
            });
            return null;
        });
    }

    /** @return whether there is such a message in the sample */
    public boolean tick(int place, Verdict verdict, String note, String who) {
        return write(transaction -> transaction.execute(
                        "UPDATE tick SET verdict = ?, note = ?, who = ?, ticked = ? WHERE place = ?",
                        p -> p.number(verdict.ordinal())
                                .text(note)
                                .text(who)
                                .number(clock.millis())
                                .number(place)))
                > 0;
    }

    public Optional<Tick> find(int place) {
        try (var readers = new Readers(database, failures)) {
            return readers.first("SELECT " + COLUMNS + " FROM tick WHERE place = ?", p -> p.number(place), Ticks::tick);
        }
    }

    /**
     * One page in the order of time.
     *
     * @param owner only of this one's conversations; empty for all
     * @param after the last {@link Tick#place} of the page before; -1 for the first page
     */
    public List<Tick> page(String owner, int after, int limit) {
        try (var readers = new Readers(database, failures)) {
            return readers.list(
                    "SELECT " + COLUMNS + " FROM tick WHERE place > ? AND (? = '' OR owner = ?) ORDER BY place LIMIT ?",
                    p -> p.number(after).text(owner).text(owner).number(limit),
                    Ticks::tick);
        }
    }

    /** By owner. */
    public List<Progress> progress() {
        try (var readers = new Readers(database, failures)) {
            return readers.list(
                    "SELECT owner, COUNT(*), SUM(CASE WHEN verdict = 1 THEN 1 ELSE 0 END),"
                            + " SUM(CASE WHEN verdict = 2 THEN 1 ELSE 0 END) FROM tick GROUP BY owner ORDER BY owner",
                    Query.Bind.NOTHING,
                    row -> new Progress(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)));
        }
    }

    private interface Change<T> {
        T in(Transaction transaction) throws SQLException;
    }

    /** @throws Problem CRV-305, 307 when it cannot be written */
    private <T> T write(Change<T> change) {
        try (var connection = database.writer()) {
            database.begin(connection);
            var answer = change.in(new Transaction(connection));
            database.commit(connection);
            return answer;
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static Tick tick(ResultSet row) throws SQLException {
        var ticked = Query.nullableLong(row, 11);
        return new Tick(
                row.getInt(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                Instant.EPOCH.plus(row.getLong(6), ChronoUnit.MICROS),
                row.getInt(7) != 0,
                Verdict.values()[row.getInt(8)],
                row.getString(9),
                row.getString(10),
                ticked == null ? null : Instant.ofEpochMilli(ticked));
    }
}
