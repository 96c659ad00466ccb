package dev.caravan.ledger;

/**
 * Something a verification found unlike on source and target.
 *
 * @param level of the verification that found it
 * @param rule the declared rule that explains it, or null when nothing does
 * @param kind {@code message}, or the kind of a part
 * @param sourceId the record
 * @param field of the canonical record, or null for the record as a whole
 * @param detail hashes, ids and lengths only, never text of a message
 */
public record Difference(int level, String rule, String kind, String sourceId, String field, String detail) {}
