package dev.caravan.model;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

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
        String detail) {

    /** Field of {@link #context}: texts that may be meant, by the pointer of the field. */
    public static final String PROPOSALS = "proposals";

    public Refusal withProposals(Map<String, String> proposals) {
        var known = context instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        var proposed = known.putObject(PROPOSALS);
        proposals.forEach(proposed::put);
        return new Refusal(kind, part, sourceId, conversation, time, origin, raw, known, stage, cause, detail);
    }
}
