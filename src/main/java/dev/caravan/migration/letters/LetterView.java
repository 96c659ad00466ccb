package dev.caravan.migration.letters;

import dev.caravan.ledger.Letter;
import dev.caravan.ledger.LetterState;
import dev.caravan.model.Kind;

/**
 * A dead letter as scripts read it, without any text of the record (invariant 8).
 *
 * @param time of the record at the source, us since 1970; 0 when unknown
 * @param hash SHA-256 of the raw bytes
 * @param size of the raw bytes
 * @param created as ISO 8601, like {@code changed}
 */
public record LetterView(
        long id,
        LetterState state,
        Kind kind,
        String part,
        String cause,
        String stage,
        String detail,
        String sourceId,
        String conversation,
        long time,
        String archive,
        String entry,
        long index,
        long offset,
        String hash,
        int size,
        int run,
        int attempts,
        String waivedBy,
        String waivedWhy,
        String created,
        String changed) {

    public static LetterView of(Letter.Head head) {
        return new LetterView(
                head.id(),
                head.state(),
                head.kind(),
                head.part(),
                head.cause(),
                head.stage(),
                head.detail(),
                head.sourceId(),
                head.conversation(),
                head.time(),
                head.origin().archive(),
                head.origin().entry(),
                head.origin().index(),
                head.origin().offset(),
                head.contentHash(),
                head.size(),
                head.run(),
                head.attempts(),
                head.waivedBy(),
                head.waivedWhy(),
                head.created().toString(),
                head.changed().toString());
    }
}
