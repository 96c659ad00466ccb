package dev.caravan.migration.verification;

import dev.caravan.ledger.Sealed;

/**
 * A message as one of the two sides has it.
 *
 * @param id of the source
 * @param conversation name of its conversation on the target
 * @param index counts the messages of this side, from 0
 * @param window the stretch out of step in which it was met
 * @param sealed what the ledger says of it; null on the target's side
 * @param threadTime time of its thread's root as read back, ms since 1970; 0 for roots and on the ledger's side
 */
record Side(String id, String conversation, long index, int window, byte[] digests, Sealed sealed, long threadTime) {}
