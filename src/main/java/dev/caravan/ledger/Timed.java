package dev.caravan.ledger;

/**
 * A message as the assigning of times sees it.
 *
 * @param objects how many objects on the target it is: those that were loaded, if it was imported
 * @param imported the time it has on the target since it was imported, ms since 1970; null when it was not
 */
public record Timed(Key key, int objects, Long imported) {}
