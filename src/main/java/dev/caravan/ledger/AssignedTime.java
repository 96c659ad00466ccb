package dev.caravan.ledger;

/**
 * A message that could not keep its own time on the target.
 *
 * @param createAt the time it got, ms since 1970
 */
public record AssignedTime(int lane, Key key, long createAt) {}
