package dev.caravan.ledger;

import java.nio.file.Path;

/**
 * What a seal action is asked for: a finished file of all that the ledger says is staged.
 *
 * @param run that the seal belongs to: its findings and counts go to the account of that run
 * @param number of the seal to be made
 * @param workDir holds the stage
 * @param inputs hash of the settings of the seal action
 */
public record SealRequest(Ledger ledger, int run, int number, Path workDir, String inputs) {}
