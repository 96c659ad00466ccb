package dev.caravan.ledger;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import dev.caravan.model.Origin;
import dev.caravan.model.Refusal;
import dev.caravan.model.Sha256;

/** What the commit of a batch does to dead letters: those it met, those that went through, those sent in vain. */
final class LetterCommit {

    private final Clock clock;

    LetterCommit(Clock clock) {
        this.clock = clock;
    }

    void write(Transaction transaction, int run, List<Refusal> refused) throws SQLException {
        if (refused.isEmpty()) {
            return;
        }
        var once = new LinkedHashMap<LetterIdentity, Refusal>();
        refused.forEach(refusal -> once.put(LetterIdentity.of(refusal), refusal));
        long last = transaction
                .first("SELECT COALESCE(MAX(id), 0) FROM dead_letter", Query.Bind.NOTHING, row -> row.getLong(1))
                .orElseThrow();
        long now = clock.millis();
        var ids = LongStream.rangeClosed(last + 1, last + once.size()).iterator();
        transaction.insert(
                "dead_letter",
                "id, identity, kind, part, source_id, conversation, time, archive, entry,"
                        + " entry_index, entry_offset, raw, content_hash, context, stage, cause, detail, run, state,"
                        + " attempts, created, changed, subject",
                "ON CONFLICT (identity) DO UPDATE SET stage = excluded.stage, cause = excluded.cause,"
                        + " detail = excluded.detail, subject = excluded.subject, run = excluded.run, changed = excluded.changed,"
                        + " attempts = dead_letter.attempts + 1",
                once.entrySet(),
                (p, letter) -> {
                    p.number((long) ids.next()).bytes(letter.getKey().bytes());
                    bind(p, letter.getValue());
                    p.number(run).code(LetterState.OPEN).number(1).number(now).number(now);
                    p.text(Subject.of(
                            letter.getValue().cause(), letter.getValue().detail()));
                });
    }

    private static void bind(Params p, Refusal refusal) throws SQLException {
        var origin = refusal.origin() == null ? new Origin(null, null, -1, -1) : refusal.origin();
        p.number(Coded.ofKind(refusal.kind())).text(refusal.part()).text(refusal.sourceId());
        p.text(refusal.conversation()).number(refusal.time());
        p.text(origin.archive()).text(origin.entry()).number(origin.index()).number(origin.offset());
        p.bytes(refusal.raw()).bytes(Sha256.of(refusal.raw()));
        p.text(refusal.context() == null ? null : refusal.context().toString());
        p.text(refusal.stage()).text(refusal.cause()).text(refusal.detail());
    }

    /**
     * Letters that went through with this commit, and letters a replay sent in vain.
     *
     * @param run whose account counts them from now on
     */
    void settle(Transaction transaction, int run, Collection<Long> replayed, Map<Long, Refusal> again)
            throws SQLException {
        for (long id : replayed) {
            transaction.execute("UPDATE dead_letter SET state = ?, run = ?, changed = ? WHERE id = ?", p -> p.code(
                            LetterState.REPLAYED)
                    .number(run)
                    .number(clock.millis())
                    .number(id));
        }
        for (var letter : again.entrySet()) {
            var refusal = letter.getValue();
            transaction.execute(
                    "UPDATE dead_letter SET attempts = attempts + 1, run = ?, stage = ?, cause = ?, detail = ?,"
                            + " subject = ?, changed = ? WHERE id = ?",
                    p -> p.number(run)
                            .text(refusal.stage())
                            .text(refusal.cause())
                            .text(refusal.detail())
                            .text(Subject.of(refusal.cause(), refusal.detail()))
                            .number(clock.millis())
                            .number((long) letter.getKey()));
        }
    }
}
