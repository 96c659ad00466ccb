package dev.caravan.migration.verification;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Kind;
import dev.caravan.model.Sha256;
import dev.caravan.transform.link.TargetText;

/**
 * What verification compares of people and conversations beside their names on the target, which identify them: of a
 * person the display name (8 bytes of SHA-256), whether it is a bot, whether it is gone; of a conversation whether it is
 * archived, and the names of a group's people.
 */
public final class DirectoryDigests {

    private static final int NAME = 8;

    private final TargetText targetText;

    public DirectoryDigests(TargetText targetText) {
        this.targetText = targetText;
    }

    /**
     * @param record linked, or read back
     * @return null for kinds that are compared by their names alone
     */
    public byte[] of(Kind kind, JsonNode record) {
        return switch (kind) {
            case USER -> person(record);
            case CHANNEL -> conversation(record);
            case MEMBERSHIP, EMOJI, MESSAGE -> null;
        };
    }

    private byte[] person(JsonNode person) {
        boolean bot = person.path("bot").asBoolean();
        var name = person.path("displayName").asText("");
        if (name.isEmpty() && bot) {
            name = person.path("name").asText();
        }
        var gone = (byte) (flag(person, "deleted") | flag(person, "placeholder"));
        return ByteBuffer.allocate(NAME + 2)
                .put(Sha256.of(targetText.personName(name)), 0, NAME)
                .put(flag(person, "bot"))
                // A bot's state is not part of what a target is given.
                .put(bot ? 0 : gone)
                .array();
    }

    /** The people of a group are the conversation's, and may become members of a channel of the target. */
    private static byte[] conversation(JsonNode channel) {
        var members = new ArrayList<String>();
        channel.path("links").path("members").forEach(member -> members.add(member.asText()));
        var names = String.join(",", members).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + names.length)
                .put(flag(channel, "archived"))
                .put(names)
                .array();
    }

    /** Names on the target of a group's people; empty for channels, whose memberships are records. */
    static List<String> members(byte[] conversation) {
        return conversation == null || conversation.length == 1
                ? List.of()
                : List.of(new String(conversation, 1, conversation.length - 1, StandardCharsets.UTF_8).split(","));
    }

    private static byte flag(JsonNode record, String field) {
        return (byte) (record.path(field).asBoolean() ? 1 : 0);
    }

    static boolean isBot(byte[] person) {
        return person != null && person[NAME] == 1;
    }

    /** The fields in which two of one kind differ. */
    static List<String> differing(Kind kind, byte[] one, byte[] other) {
        var fields = new ArrayList<String>();
        if (kind == Kind.CHANNEL) {
            if (one[0] != other[0]) {
                fields.add("archived");
            }
            return fields;
        }
        if (!Arrays.equals(one, 0, NAME, other, 0, NAME)) {
            fields.add("name");
        }
        if (one[NAME] != other[NAME]) {
            fields.add("type");
        }
        if (one[NAME + 1] != other[NAME + 1]) {
            fields.add("deleted");
        }
        return fields;
    }
}
