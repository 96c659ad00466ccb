package dev.caravan.ledger;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Kind;
import dev.caravan.model.Origin;

/**
 * A dead letter (invariant 5).
 *
 * @param raw the exact bytes as read, declared secrets replaced
 * @param edited what somebody made of them, or null
 * @param context what the reader knew beside the bytes, or null
 */
public record Letter(Head head, byte[] raw, byte[] edited, JsonNode context) {

    /**
     * All but the bytes. See {@link dev.caravan.model.Refusal} for the fields taken from there.
     *
     * @param id from 1
     * @param contentHash SHA-256 of the raw bytes, in hexadecimal
     * @param size of the raw bytes
     * @param run the last run that met it
     * @param attempts how often it was refused
     */
    public record Head(
            long id,
            Kind kind,
            String part,
            String sourceId,
            String conversation,
            long time,
            Origin origin,
            String stage,
            String cause,
            String detail,
            String contentHash,
            int size,
            int run,
            LetterState state,
            int attempts,
            String waivedBy,
            String waivedWhy,
            Instant created,
            Instant changed) {}

    /** What a replay sends. */
    public byte[] current() {
        return edited == null ? raw : edited;
    }
}
