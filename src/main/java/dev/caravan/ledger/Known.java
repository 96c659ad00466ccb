package dev.caravan.ledger;

/** The part of a {@link Row} that tells whether a record changed. */
public record Known(Key key, long version, byte[] hash, RecordState state, int run, String targetId) {}
