package dev.caravan.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Comparisons of target and source, and what each found. */
public final class Verifications {

    private final Readers readers;
    private final Writes writes;
    private final Clock clock;

    Verifications(Readers readers, Writes writes, Clock clock) {
        this.readers = readers;
        this.writes = writes;
        this.clock = clock;
    }

    /**
     * @param ended null while it runs, and for one that was killed
     * @param summary JSON, as given at its end
     */
    public record Verification(int number, Instant started, Instant ended, String summary) {}

    /** @param seq grows in the order of storing */
    public record Stored(long seq, Difference difference) {}

    /** @param rule null for what no rule explains */
    public record Count(int level, String rule, String kind, long n) {}

    /** @return its number, from 1 */
    public int start() {
        return writes.write(transaction -> {
            int number = transaction
                    .first(
                            "SELECT COALESCE(MAX(number), 0) + 1 FROM verification",
                            Query.Bind.NOTHING,
                            row -> row.getInt(1))
                    .orElseThrow();
            transaction.execute("INSERT INTO verification (number, started) VALUES (?, ?)", p -> p.number(number)
                    .number(clock.millis()));
            return number;
        });
    }

    public void complete(int number, String summary) {
        writes.write(transaction -> transaction.execute(
                "UPDATE verification SET ended = ?, summary = ? WHERE number = ?",
                p -> p.number(clock.millis()).text(summary).number(number)));
    }

    /** Up to some thousands at a time. */
    public void add(int number, List<Difference> differences) {
        writes.write(transaction -> {
            transaction.append(
                    "difference",
                    "verification, level, rule, kind, source_id, field, detail",
                    differences,
                    (p, difference) -> p.number(number)
                            .number(difference.level())
                            .text(difference.rule())
                            .text(difference.kind())
                            .text(difference.sourceId())
                            .text(difference.field())
                            .text(difference.detail()));
            return null;
        });
    }

    public Optional<Verification> last() {
        return readers.first(
                "SELECT number, started, ended, summary FROM verification ORDER BY number DESC LIMIT 1",
                Query.Bind.NOTHING,
                row -> {
                    var ended = Query.nullableLong(row, 3);
                    return new Verification(
                            row.getInt(1),
                            Instant.ofEpochMilli(row.getLong(2)),
                            ended == null ? null : Instant.ofEpochMilli(ended),
                            row.getString(4));
                });
    }

    public List<Count> counts(int number) {
        return readers.list(
                "SELECT level, rule, kind, COUNT(*) FROM difference WHERE verification = ?"
                        + " GROUP BY level, rule, kind ORDER BY level, COALESCE(rule, ''), kind",
                p -> p.number(number),
                row -> new Count(row.getInt(1), row.getString(2), row.getString(3), row.getLong(4)));
    }

    /**
     * One page, in the order of storing.
     *
     * @param after the last {@link Stored#seq} of the page before; 0 for the first page
     */
    public List<Stored> page(int number, long after, int limit) {
        return readers.list(
                "SELECT seq, level, rule, kind, source_id, field, detail FROM difference"
                        + " WHERE verification = ? AND seq > ? ORDER BY seq LIMIT ?",
                p -> p.number(number).number(after).number(limit),
                row -> new Stored(
                        row.getLong(1),
                        new Difference(
                                row.getInt(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7))));
    }
}
