package dev.caravan.connector.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One element of an export's array, parsed or refused.
 *
 * @param raw its bytes, secrets replaced
 * @param tree null when refused
 * @param cause why it was refused, else null
 * @param repairedBy rule that mended its bytes before it could be parsed, else null
 */
record SourceRecord(
        long index, long offset, byte[] raw, ObjectNode tree, String cause, String detail, String repairedBy) {

    boolean refused() {
        return cause != null;
    }
}
