package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import dev.caravan.model.Effect;
import dev.caravan.model.Kind;

/** The undo journal: what runs did to a live target, in order, and what a rollback made of it. */
public final class Journal {

    private static final String COLUMNS = "seq, run, kind, lane, time, id, what, target, mark, state, reason";

    private final Readers readers;
    private final Writes writes;

    Journal(Readers readers, Writes writes) {
        this.readers = readers;
        this.writes = writes;
    }

    /** @param what the sink's own word for this sort of effect */
    public record Count(String what, EffectState state, String reason, long number) {}

    /** Per sort, state and reason. */
    public List<Count> counts() {
        return readers.list(
                "SELECT what, state, reason, COUNT(*) FROM effect GROUP BY what, state, reason"
                        + " ORDER BY what, state, reason",
                Query.Bind.NOTHING,
                Journal::count);
    }

    /** What one rollback settled, over all its interruptions; what it kept among it. */
    public List<Count> settledBy(int rollback) {
        return readers.list(
                "SELECT what, state, reason, COUNT(*) FROM effect WHERE settled_by = ? AND state <> ?"
                        + " GROUP BY what, state, reason ORDER BY what, state, reason",
                p -> p.number(rollback).code(EffectState.STANDS),
                Journal::count);
    }

    /** A rollback that begins asks again about what earlier ones kept: the reason may be gone. */
    public void askAgain(int rollback) {
        writes.write(transaction -> transaction.execute(
                "UPDATE effect SET state = ?, reason = NULL WHERE state = ? AND (settled_by IS NULL OR settled_by <> ?)",
                p -> p.code(EffectState.STANDS).code(EffectState.KEPT).number(rollback)));
    }

    /**
     * Which effects stand, those among them that an earlier rollback kept. Numbers are never given twice, so that two sets with the same of these are the same.
     *
     * @param first the lowest number, 0 when there is none
     * @param sum of the numbers
     */
    public record Standing(long number, long first, long last, long sum) {}

    public Standing standing() {
        return readers.first(
                        "SELECT COUNT(*), COALESCE(MIN(seq), 0), COALESCE(MAX(seq), 0), COALESCE(SUM(seq), 0) FROM effect"
                                + " WHERE state IN (?, ?)",
                        p -> p.code(EffectState.STANDS).code(EffectState.KEPT),
                        row -> new Standing(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .orElseThrow();
    }

    /** What stands of one record, in the order in which it was done. */
    public List<Effect> standing(Kind kind, int lane, Key key) {
        return readers.list(
                "SELECT what, target, mark FROM effect WHERE kind = ? AND lane = ? AND time = ? AND id = ? AND state = ?"
                        + " ORDER BY seq",
                p -> p.number(Coded.ofKind(kind))
                        .number(lane)
                        .number(key.time())
                        .text(key.id())
                        .code(EffectState.STANDS),
                row -> new Effect(row.getString(1), row.getString(2), row.getString(3)));
    }

    /**
     * One page, the latest first.
     *
     * @param before the last {@link Done#seq} of the page before; {@link Long#MAX_VALUE} for the first page
     */
    public List<Done> latestFirst(EffectState state, long before, int limit) {
        return readers.list(
                "SELECT " + COLUMNS + " FROM effect WHERE state = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
                p -> p.code(state).number(before).number(limit),
                Journal::done);
    }

    /**
     * What became of effects that were to be taken back. The first effect of a record is its own object: without that it is
     * no longer on the target, and a later run brings it anew.
     *
     * @param rollback the run that settled them
     */
    public void settle(List<Done> settled, int rollback) {
        writes.write(transaction -> {
            for (Done done : settled) {
                transaction.execute(
                        "UPDATE effect SET state = ?, reason = ?, settled_by = ? WHERE seq = ?",
                        p -> p.code(done.state())
                                .text(done.reason())
                                .number(rollback)
                                .number(done.seq()));
                if (done.state() != EffectState.KEPT && isOwnObject(transaction, done)) {
                    forget(transaction, done);
                }
            }
            return null;
        });
    }

    private static boolean isOwnObject(Transaction transaction, Done done) throws SQLException {
        return transaction
                .first(
                        "SELECT MIN(seq) FROM effect WHERE kind = ? AND lane = ? AND time = ? AND id = ?",
                        p -> p.number(Coded.ofKind(done.kind()))
                                .number(done.lane())
                                .number(done.key().time())
                                .text(done.key().id()),
                        row -> row.getLong(1))
                .filter(first -> first == done.seq())
                .isPresent();
    }

    /** Without its link, too, or nobody would make the person or conversation anew that records lean on. */
    private static void forget(Transaction transaction, Done done) throws SQLException {
        transaction.execute("DELETE FROM record WHERE kind = ? AND lane = ? AND time = ? AND id = ?", p -> p.number(
                        Coded.ofKind(done.kind()))
                .number(done.lane())
                .number(done.key().time())
                .text(done.key().id()));
        transaction.execute(
                "DELETE FROM link WHERE kind = ? AND source_id = ?",
                p -> p.number(Coded.ofKind(done.kind())).text(done.key().id()));
    }

    /**
     * Everything a file sink staged was thrown away: nothing was ever on a target, and the ledger knows of no record, no
     * link, no segment and no seal any more. Dead letters and accounts stay.
     */
    public void forgetStaged() {
        writes.write(transaction -> {
            for (var table : List.of("record", "link", "segment", "seal", "assigned_time")) {
                transaction.execute("DELETE FROM " + table, Query.Bind.NOTHING);
            }
            return transaction.execute("UPDATE stage SET version = version + 1 WHERE id = 1", Query.Bind.NOTHING);
        });
    }

    static void write(Transaction transaction, List<Done> effects) throws SQLException {
        transaction.append(
                "effect", "run, kind, lane, time, id, what, target, mark, state", effects, (p, done) -> p.number(
                                done.run())
                        .small(Coded.ofKind(done.kind()))
                        .number(done.lane())
                        .number(done.key().time())
                        .text(done.key().id())
                        .text(done.effect().what())
                        .text(done.effect().target())
                        .text(done.effect().mark())
                        .code(EffectState.STANDS));
    }

    private static Count count(ResultSet row) throws SQLException {
        return new Count(row.getString(1), EffectState.of(row.getInt(2)), row.getString(3), row.getLong(4));
    }

    private static Done done(ResultSet row) throws SQLException {
        return new Done(
                row.getLong(1),
                row.getInt(2),
                Coded.kind(row.getInt(3)),
                row.getInt(4),
                new Key(row.getLong(5), row.getString(6)),
                new Effect(row.getString(7), row.getString(8), row.getString(9)),
                EffectState.of(row.getInt(10)),
                row.getString(11));
    }
}
