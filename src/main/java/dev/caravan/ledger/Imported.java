package dev.caravan.ledger;

import dev.caravan.model.StageSlot;

/**
 * A record as it was in the package that was loaded into the target; the ledger's row may have changed since.
 *
 * @param hash of the target payload
 * @param root key of the thread's root when it was a reply, else null
 * @param objects how many objects on the target it became
 * @param createAt of a message: the time it has on the target, ms since 1970
 */
public record Imported(byte[] hash, Key root, StageSlot slot, int objects, long createAt) {}
