package dev.caravan.migration.verification;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Sha256;
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
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int BYTES = 8;

    private final TargetText targetText;
    private final MessageDigest sha256 = Sha256.digest();

    public FieldDigests(TargetText targetText) {
        this.targetText = targetText;
    }

    /**
     * Not thread-safe: one instance a thread.
     *
     * @param message linked, or read back; then it has no links, and its people go by their names on the target
     */
    public byte[] of(ObjectNode message) {
        var links = message.path("links");
        var digests = ByteBuffer.allocate(Field.values().length * BYTES);
        put(digests, name(message.path("author").asText(), links));
        digests.putLong(message.path("time").asLong() / 1000);
        put(digests, targetText.comparable(message.path("text").asText(), links));
        put(digests, message.path("thread").asText());
        put(digests, reactions(message, links));
        put(digests, files(message));
        return digests.array();
    }

    /** The time in digests, ms since 1970. */
    static long time(byte[] digests) {
        return ByteBuffer.wrap(digests).getLong(Field.TIME.ordinal() * BYTES);
    }

    /** The digest of one field, in hexadecimal, for people who look for the record. */
    static String hex(byte[] digests, Field field) {
        int from = field.ordinal() * BYTES;
        return HexFormat.of().formatHex(digests, from, from + BYTES);
    }

    private static String name(String id, JsonNode links) {
        return links.isMissingNode() ? id : links.path("users").path(id).asText();
    }

    /** The fields in which two digests differ. */
    public static List<Field> differing(byte[] one, byte[] other) {
        var fields = new ArrayList<Field>();
        for (Field field : Field.values()) {
            int from = field.ordinal() * BYTES;
            if (!Arrays.equals(one, from, from + BYTES, other, from, from + BYTES)) {
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

    /** Each pair of person and emoji once: more a platform cannot hold, when two people became one there. */
    private String reactions(JsonNode message, JsonNode links) {
        if (!message.has("reactions")) {
            return "";
        }
        var all = new TreeSet<String>();
        for (JsonNode reaction : message.path("reactions")) {
            for (JsonNode user : reaction.path("users")) {
                all.add(targetText.reaction(reaction.path("emoji").asText()) + ":" + name(user.asText(), links));
            }
        }
        return String.join("\n", all);
    }

    private static String files(JsonNode message) {
        if (!message.has("files")) {
            return "";
        }
        var all = new ArrayList<String>();
        for (JsonNode file : message.path("files")) {
            if ("present".equals(file.path("state").asText())) {
                all.add(file.path("sha256").asText());
            }
        }
        return String.join("\n", all);
    }
}
