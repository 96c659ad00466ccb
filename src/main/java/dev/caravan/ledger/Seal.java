package dev.caravan.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A finished file built from the stage.
 *
 * @param number from 1
 * @param stageVersion {@link Stage#version()} it was built from
 * @param sha256 of the file, in hexadecimal
 * @param size bytes
 * @param inputs what {@link SealRequest#inputs()} was; null of one made before that was kept
 * @param imported whether the operator said that it was loaded into the target
 */
public record Seal(
        int number,
        long stageVersion,
        String path,
        String sha256,
        long size,
        String inputs,
        Instant created,
        boolean imported) {

    /** Whether there still is a file where it was put; whether it is this one, verification tells. */
    public boolean present() {
        return Files.isRegularFile(Path.of(path));
    }
}
