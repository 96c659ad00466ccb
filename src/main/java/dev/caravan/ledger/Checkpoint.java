package dev.caravan.ledger;

/**
 * How far a run is in one lane.
 *
 * @param position the last batch committed, or null when none was
 * @param done whether the lane is at its end
 */
public record Checkpoint(String position, boolean done) {}
