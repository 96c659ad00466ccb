package dev.caravan.model;

/**
 * What a read action is asked for: the records of one kind in one lane, after a position.
 *
 * @param position the {@link Batch#position()} of the last batch committed, or null to start at the beginning
 */
public record ReadRequest(Kind kind, Lane lane, String position) {}
