package dev.caravan.model;

import java.util.Arrays;
import java.util.List;

/**
 * A record in the target's shape, written out once: what is hashed is what is delivered.
 *
 * @param payload the record in the target's own format
 * @param hash first 16 bytes of the payload's SHA-256
 * @param objects how many objects on the target this record becomes (a long text may be split)
 * @param rules ids of the rules of the target that changed or left out something of the record
 * @param present the target's own id of what this replaces there; null when it is something new
 */
public record Target(byte[] payload, byte[] hash, int objects, List<String> rules, String present) {

    private static final int HASH_BYTES = 16;

    /** Something new, with the hash of the payload. */
    public static Target of(byte[] payload, int objects, List<String> rules) {
        return new Target(payload, Arrays.copyOf(Sha256.of(payload), HASH_BYTES), objects, rules, null);
    }

    public Target withPresent(String id) {
        return new Target(payload, hash, objects, rules, id);
    }
}
