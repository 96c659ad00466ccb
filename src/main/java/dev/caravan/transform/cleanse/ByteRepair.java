package dev.caravan.transform.cleanse;

import java.util.Optional;

/** Called by readers for a record whose bytes are not valid UTF-8. Thread-safe. */
public interface ByteRepair {

    /** Empty when no reading of the bytes is without loss and clearly right: the reader refuses with cause encoding. */
    Optional<Repaired> repair(byte[] raw);

    /** For the detail of that refusal: which readings would be without loss, without any of the text. */
    default String proposal(byte[] raw) {
        return "not valid UTF-8";
    }

    /**
     * @param utf8 the same record in UTF-8
     * @param ruleId the rule for the finding
     */
    record Repaired(byte[] utf8, String ruleId) {}
}
