package dev.caravan.model;

import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

/**
 * A record in the target's shape, written out once: what is hashed is what is delivered.
 *
 * @param payload the record in the target's own format
 * @param hash first 16 bytes of the payload's SHA-256
 * @param objects how many objects on the target this record becomes (a long text may be split)
 * @param rules ids of the rules of the target that changed or left out something of the record
 * @param present the target's own id of what this replaces there; null when it is something new
 * @param shape what the payload is the text of, so that a sink of JSON need not read it again; null for other payloads
 */
public record Target(byte[] payload, byte[] hash, int objects, List<String> rules, String present, JsonNode shape) {

    private static final int HASH_BYTES = 16;
    private static final ObjectWriter JSON = new ObjectMapper().writerFor(JsonNode.class);

    /** Something new, with the hash of the payload. */
    public static Target of(byte[] payload, int objects, List<String> rules) {
        return new Target(payload, hash(payload), objects, rules, null, null);
    }

    /** Something new, one object that is written out as JSON. */
    public static Target of(JsonNode shape) {
        var payload = bytes(shape);
        return new Target(payload, hash(payload), 1, List.of(), null, shape);
    }

    private static byte[] bytes(JsonNode shape) {
        try {
            return JSON.writeValueAsBytes(shape);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is JSON", e);
        }
    }

    private static byte[] hash(byte[] payload) {
        return Arrays.copyOf(Sha256.of(payload), HASH_BYTES);
    }

    public Target withPresent(String id) {
        return new Target(payload, hash, objects, rules, id, shape);
    }
}
