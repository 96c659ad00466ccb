package dev.caravan.model;

/**
 * A stretch of source time in one lane of which a batch holds every record: what the ledger has there and the batch has
 * not was deleted at the source.
 *
 * @param after us since 1970, exclusive
 * @param until us since 1970, inclusive
 */
public record Span(long after, long until) {}
