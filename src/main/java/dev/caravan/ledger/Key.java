package dev.caravan.ledger;

/**
 * A record inside its lane.
 *
 * @param time source time in us since 1970
 * @param id source id
 */
public record Key(long time, String id) {}
