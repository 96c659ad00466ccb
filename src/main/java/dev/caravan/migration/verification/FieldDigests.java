package dev.caravan.migration.verification;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.transform.link.TargetText;

/**
 * What verification compares: a short digest of each field of a linked canonical message, 8 bytes of SHA-256 each, in
 * the order of {@link Field}. References are digested by their names on the target, so that a record as it was read
 * and the same record read back from the target have the same digests.
 */
public final class FieldDigests {

    public enum Field {
        AUTHOR,
        TIME,
        TEXT,
        THREAD,
        REACTIONS,
        FILES;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final int BYTES = 8;

    private final TargetText targetText;
    private final MessageDigest sha256;

    public FieldDigests(TargetText targetText) {
        this.targetText = targetText;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Not thread-safe: one instance a thread. */
    public byte[] of(ObjectNode linked) {
        var users = linked.path("links").path("users");
        var digests = ByteBuffer.allocate(Field.values().length * BYTES);
        put(digests, users.path(linked.path("author").asText()).asText());
        digests.putLong(linked.path("time").asLong() / 1000);
        put(digests, targetText.comparable(linked.path("text").asText(), linked.path("links")));
        put(digests, linked.path("thread").asText());
        put(digests, reactions(linked, users));
        put(digests, files(linked));
        return digests.array();
    }

    /** The fields in which two digests differ. */
    public static List<Field> differing(byte[] one, byte[] other) {
        var fields = new ArrayList<Field>();
        for (Field field : Field.values()) {
            int from = field.ordinal() * BYTES;
            if (!java.util.Arrays.equals(one, from, from + BYTES, other, from, from + BYTES)) {
                fields.add(field);
            }
        }
        return fields;
    }

    private void put(ByteBuffer digests, String value) {
        if (value.isEmpty()) {
            digests.putLong(0);
        } else {
            digests.put(sha256.digest(value.getBytes(StandardCharsets.UTF_8)), 0, BYTES);
        }
    }

    private String reactions(JsonNode linked, JsonNode users) {
        if (!linked.has("reactions")) {
            return "";
        }
        var all = new ArrayList<String>();
        for (JsonNode reaction : linked.path("reactions")) {
            for (JsonNode user : reaction.path("users")) {
                all.add(targetText.reaction(reaction.path("emoji").asText()) + ":"
                        + users.path(user.asText()).asText());
            }
        }
        Collections.sort(all);
        return String.join("\n", all);
    }

    private static String files(JsonNode linked) {
        if (!linked.has("files")) {
            return "";
        }
        var all = new ArrayList<String>();
        for (JsonNode file : linked.path("files")) {
            if ("present".equals(file.path("state").asText())) {
                all.add(file.path("sha256").asText());
            }
        }
        return String.join("\n", all);
    }
}
