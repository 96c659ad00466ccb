package dev.caravan.model;

/**
 * A record in the target's shape, written out once: what is hashed is what is delivered.
 *
 * @param payload the record in the target's own format
 * @param hash first 16 bytes of the payload's SHA-256
 * @param objects how many objects on the target this record becomes (a long text may be split)
 */
public record Target(byte[] payload, byte[] hash, int objects) {}
