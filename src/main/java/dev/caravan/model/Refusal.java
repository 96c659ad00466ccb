package dev.caravan.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A record that could not move; becomes a dead letter in the transaction of its batch.
 *
 * @param part the part's kind ({@code file}, {@code reaction}) when only a part was refused, else null
 * @param sourceId the record's id as far as known, or null
 * @param conversation source conversation as far as known, or null
 * @param time source time in us since 1970, 0 when unknown
 * @param raw the exact bytes
 * @param context what the reader knew beside the bytes ({@link Item#CONTEXT}), so that a replay can rebuild the record
 * @param stage step of the road that refused: read, cleanse, canonical, link, target, deliver
 * @param cause stable id of the cause ({@code unknown-author}, {@code json-syntax})
 * @param detail for people: what is wrong, without any of the text; may propose a mend
 */
public record Refusal(
        Kind kind,
        String part,
        String sourceId,
        String conversation,
        long time,
        Origin origin,
        byte[] raw,
        JsonNode context,
        String stage,
        String cause,
        String detail) {}
