package dev.caravan.transport;

import java.util.Optional;

/** Mends records whose bytes are not valid UTF-8, when that is possible without loss. */
public interface ByteRepair {

    /** @param raw one record, not valid UTF-8 */
    Optional<Repaired> repair(byte[] raw);

    /**
     * @param bytes the record as valid UTF-8
     * @param rule id of the cleansing rule that did it
     * @param detail which encoding was found, for the finding
     */
    record Repaired(byte[] bytes, String rule, String detail) {}
}
