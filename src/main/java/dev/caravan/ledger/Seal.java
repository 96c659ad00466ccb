package dev.caravan.ledger;

import java.time.Instant;

/**
 * A finished file built from the stage.
 *
 * @param number from 1
 * @param stageVersion {@link Stage#version()} it was built from
 * @param sha256 of the file, in hexadecimal
 * @param size bytes
 * @param imported whether the operator said that it was loaded into the target
 */
public record Seal(
        int number, long stageVersion, String path, String sha256, long size, Instant created, boolean imported) {}
