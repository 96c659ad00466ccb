package dev.caravan.connector.agora;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Lays one message out as the calls it takes: its text in pieces, each of its files, and a note for people about what cannot
 * be shown. Each carries {@code ext.caravan}: id and time of the source, and of a message of several calls which one this is.
 * Only the first carries the rest.
 */
final class MessageParts {

    /** Bytes of body and ext; the documents say 5 KB, and 5,000 is the smaller reading of that. */
    static final int LARGEST = 5_000;

    /** Bytes ext may have before reactions are only counted. */
    private static final int LARGEST_EXT = 2_500;

    /** Bytes for what is only known when it is sent: the time that was assigned, the root's id on the server. */
    private static final int SENT_LATER = 120;

    /** Bytes of {@code {"msg":""}} and of the fields that say which part it is. */
    private static final int AROUND_TEXT = 60;

    private final ObjectNode message;
    private final List<ObjectNode> parts = new ArrayList<>();
    private final List<String> rules = new ArrayList<>();

    /** @param mapped as {@code to/message.jslt} answers it: from, channel, place, time, text, notes, files, about */
    MessageParts(ObjectNode mapped) {
        message = mapped.objectNode();
        for (var field : List.of("from", "channel", "place", "time", "thread", "threadTime")) {
            if (mapped.has(field)) {
                message.set(field, mapped.get(field));
            }
        }
        var about = about(mapped);
        text(mapped.path("text").asText(""), Json.bytes(about));
        mapped.path("files").forEach(file -> parts.add(file(file)));
        var notes = new ArrayList<String>();
        mapped.path("notes").forEach(note -> notes.add(note.asText()));
        if (!notes.isEmpty() || parts.isEmpty()) {
            note(String.join("\n", notes), Json.bytes(about));
        }
        number(about);
        message.putArray("parts").addAll(parts);
        if (mapped.path("files").size() > 0) {
            rules.add(AgoraRule.FILE_APART.id());
        }
    }

    ObjectNode message() {
        return message;
    }

    int number() {
        return parts.size();
    }

    List<String> rules() {
        return rules;
    }

    /** What people read of it. */
    static String text(JsonNode message) {
        var texts = new ArrayList<String>();
        message.path("parts")
                .forEach(part -> texts.add(part.path("body")
                        .path("msg")
                        .asText(part.path("file").path("name").asText())));
        return String.join("\n", texts);
    }

    private ObjectNode about(ObjectNode mapped) {
        var about = mapped.path("about") instanceof ObjectNode given ? given.deepCopy() : mapped.objectNode();
        if (Json.bytes(about) > LARGEST_EXT && about.path("reactions").size() > 0) {
            var counts = mapped.objectNode();
            int room = LARGEST_EXT - Json.bytes(about.deepCopy().without("reactions"));
            for (var reaction : about.path("reactions")) {
                counts.put(
                        reaction.path("emoji").asText(), reaction.path("users").size());
                if (Json.bytes(counts) > room) {
                    counts.remove(reaction.path("emoji").asText());
                    break;
                }
            }
            about.remove("reactions");
            about.set("reactionCounts", counts);
            rules.add(AgoraRule.REACTIONS_COUNTED.id());
        }
        return about;
    }

    private void text(String text, int about) {
        int from = 0;
        int before = parts.size();
        while (from < text.length()) {
            int room = LARGEST - SENT_LATER - AROUND_TEXT - (parts.isEmpty() ? about : AROUND_TEXT + about);
            int to = end(text, from, room);
            var part = message.objectNode().put("type", "txt");
            part.putObject("body").put("msg", text.substring(from, to));
            parts.add(part);
            from = to;
        }
        if (parts.size() - before > 1) {
            rules.add(AgoraRule.TEXT_SPLIT.id());
        }
    }

    /** Behind a newline or a space in the last tenth, if there is one, and never inside a character. */
    private static int end(String text, int from, int room) {
        int bytes = 0;
        int to = from;
        while (to < text.length()) {
            int character = text.codePointAt(to);
            bytes += Json.bytes(character);
            if (bytes > room) {
                break;
            }
            to += Character.charCount(character);
        }
        if (to == text.length()) {
            return to;
        }
        int near = to - (to - from) / 10;
        int line = text.lastIndexOf('\n', to - 1) + 1;
        int word = text.lastIndexOf(' ', to - 1) + 1;
        return line > near ? line : word > near ? word : to;
    }

    private ObjectNode file(JsonNode file) {
        var part = message.objectNode().put("type", file.path("as").asText("file"));
        part.set("file", file);
        return part;
    }

    /** People have to see that something was here, or nothing at all would be shown of it. */
    private void note(String note, int about) {
        boolean nothing = note.isEmpty();
        if (nothing) {
            rules.add(AgoraRule.NO_TEXT.id());
        }
        var shown = nothing ? "\u2014" : note;
        var part = message.objectNode().put("type", "txt").put("note", true);
        part.putObject("body")
                .put("msg", shown.substring(0, end(shown, 0, LARGEST - SENT_LATER - 2 * AROUND_TEXT - about)));
        parts.add(part);
    }

    private void number(ObjectNode about) {
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            ObjectNode caravan = i == 0 ? about.deepCopy() : message.objectNode();
            if (i > 0) {
                caravan.set("id", about.path("id"));
                caravan.set("time", about.path("time"));
            }
            if (parts.size() > 1) {
                caravan.put("part", i + 1).put("of", parts.size());
            }
            if (part.has("file")) {
                caravan.putObject("file")
                        .put("id", part.path("file").path("id").asText())
                        .put("sha256", part.path("file").path("sha256").asText());
            }
            if (part.path("note").asBoolean()) {
                caravan.put("note", true);
            }
            part.remove("note");
            part.putObject("ext").set("caravan", caravan);
        }
    }
}
