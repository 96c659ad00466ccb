package dev.caravan.ledger;

/**
 * A message as it should stand on the target.
 *
 * @param lane number of the target conversation
 * @param digests of the canonical record's fields, opaque here
 * @param root key of the thread's root when this is a reply, else null
 * @param objects how many objects on the target it became
 * @param createAt the time a seal gave it, ms since 1970; 0 when it has its own
 * @param run the run that wrote it last
 * @param edited digests of the record as the source has it now, when it was edited after its import; else null
 */
public record Sealed(int lane, Key key, byte[] digests, Key root, int objects, long createAt, int run, byte[] edited) {}
