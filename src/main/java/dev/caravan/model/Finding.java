package dev.caravan.model;

/**
 * What a rule repaired or a check noticed about one record.
 *
 * @param rule id of the rule
 * @param kind kind of record or part it is about: {@code message}, {@code file}
 * @param sourceId the record
 * @param detail ids, names of fields and hashes only, never text of a message
 */
public record Finding(String rule, String kind, String sourceId, String detail) {}
