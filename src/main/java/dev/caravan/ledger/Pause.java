package dev.caravan.ledger;

import java.time.Instant;

/**
 * Nothing is written to the target until somebody resumes the migration.
 *
 * @param by who asked for it
 * @param reason in that person's words, or null
 */
public record Pause(Instant since, String by, String reason) {}
