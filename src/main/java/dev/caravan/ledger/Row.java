package dev.caravan.ledger;

import dev.caravan.model.Kind;
import dev.caravan.model.StageSlot;

/**
 * What the ledger knows of one record that went to the target.
 *
 * @param lane number of the target conversation ({@link Link#number}); 0 for kinds that are in none
 * @param version source edit time, else source time, in us since 1970
 * @param hash first 16 bytes of the SHA-256 of the target payload
 * @param digests digests of the canonical record's fields, opaque here; may be null
 * @param root key of the thread's root when this is a reply, else null
 * @param slot where a file sink staged it, or null
 * @param objects how many objects on the target it became
 * @param targetId the target's own id, or null
 * @param run the run that wrote this row last
 */
public record Row(
        Kind kind,
        int lane,
        Key key,
        long version,
        byte[] hash,
        byte[] digests,
        Key root,
        StageSlot slot,
        int objects,
        String targetId,
        RecordState state,
        int run) {

    public Known known() {
        return new Known(key, version, hash, state, run, targetId);
    }
}
