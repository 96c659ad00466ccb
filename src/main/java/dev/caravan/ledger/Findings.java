package dev.caravan.ledger;

import java.sql.SQLException;
import java.util.List;

import dev.caravan.model.Finding;

/** What rules repaired and checks noticed; how many there are of each rule stands in the run's account. */
public final class Findings {

    private final Readers readers;

    Findings(Readers readers) {
        this.readers = readers;
    }

    /**
     * @param seq grows in the order of storing
     * @param lane id of the lane it was found in
     */
    public record Stored(long seq, String lane, Finding finding) {}

    /**
     * One page, in the order of storing.
     *
     * @param rule only of this rule, or null for all
     * @param after the last {@link Stored#seq} of the page before; 0 for the first page
     */
    public List<Stored> page(int run, String rule, long after, int limit) {
        return readers.list(
                "SELECT seq, conversation, rule, kind, source_id, detail FROM finding WHERE run = ? AND seq > ?"
                        + (rule == null ? "" : " AND rule = ?") + " ORDER BY seq LIMIT ?",
                p -> {
                    p.number(run).number(after);
                    if (rule != null) {
                        p.text(rule);
                    }
                    p.number(limit);
                },
                row -> new Stored(
                        row.getLong(1),
                        row.getString(2),
                        new Finding(row.getString(3), row.getString(4), row.getString(5), row.getString(6))));
    }

    static void write(Transaction transaction, int run, String lane, List<Finding> findings) throws SQLException {
        transaction.append(
                "finding", "run, rule, kind, source_id, conversation, detail", findings, (p, finding) -> p.number(run)
                        .text(finding.rule())
                        .text(finding.kind())
                        .text(finding.sourceId())
                        .text(lane)
                        .text(finding.detail()));
    }
}
