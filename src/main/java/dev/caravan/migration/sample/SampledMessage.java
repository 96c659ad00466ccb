package dev.caravan.migration.sample;

import java.time.Instant;

/**
 * One message, as the source has it and as the target gets it.
 *
 * @param author name on the target
 * @param conversation name on the target
 * @param owner who looks after the conversation, by name on the target: who made it, or those who are in it
 * @param delivered whether the ledger says that exactly this was delivered
 */
public record SampledMessage(
        String id,
        Instant time,
        String author,
        String conversation,
        String owner,
        String source,
        String target,
        boolean delivered) {}
