package dev.caravan.ledger;

import java.util.List;

import dev.caravan.model.Kind;
import dev.caravan.model.Link;

/** The lanes of a run and how far each is. */
public final class Lanes {

    private final Readers readers;

    Lanes(Readers readers) {
        this.readers = readers;
    }

    /**
     * @param id of the conversation that gives the lane its name
     * @param name what the source calls that conversation, or null
     * @param target key of the conversation on the target; {@code !<rule>} when a rule leaves it out
     * @param begun whether anything of it is committed
     * @param done whether it was read to its end
     * @param before messages the run before read in this lane; 0 when there was none
     */
    public record Lane(
            String id,
            String name,
            String target,
            boolean begun,
            boolean done,
            long read,
            long delivered,
            long unchanged,
            long filtered,
            long dead,
            long before) {}

    /**
     * One page, by id.
     *
     * @param earlier number of a run before this one, to compare with; 0 for none
     * @param after the last id of the page before; empty for the first page
     */
    public List<Lane> page(int run, int earlier, String after, int limit) {
        return readers.list(
                "SELECT l.source_id, l.name, l.target, c.lane IS NOT NULL, COALESCE(c.done, 0), COALESCE(c.n_read, 0),"
                        + " COALESCE(c.n_delivered, 0), COALESCE(c.n_unchanged, 0), COALESCE(c.n_filtered, 0),"
                        + " COALESCE(c.n_dead, 0), COALESCE(e.n_read, 0) FROM link l"
                        + " LEFT JOIN checkpoint c ON c.run = ? AND c.kind = ? AND c.lane = l.source_id"
                        + " LEFT JOIN checkpoint e ON e.run = ? AND e.kind = ? AND e.lane = l.source_id"
                        + " WHERE l.kind = ? AND l.source_id > ? AND (l.target LIKE '" + Link.LEFT_OUT
                        + "%' OR NOT EXISTS"
                        + " (SELECT 1 FROM link o WHERE o.kind = l.kind AND o.target = l.target"
                        + " AND o.source_id < l.source_id)) ORDER BY l.source_id LIMIT ?",
                p -> p.number(run)
                        .number(Coded.ofKind(Kind.MESSAGE))
                        .number(earlier)
                        .number(Coded.ofKind(Kind.MESSAGE))
                        .number(Coded.ofKind(Kind.CHANNEL))
                        .text(after)
                        .number(limit),
                row -> new Lane(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getInt(5) != 0,
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9),
                        row.getLong(10),
                        row.getLong(11)));
    }
}
