package dev.caravan.connector.mattermost;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** What a field of a line has to be; whatever is not is kept, with the number of its line. */
final class PackageFields {

    private static final Pattern USER = Pattern.compile("[a-z0-9._-]+");
    private static final Set<String> RESERVED = Set.of("all", "channel", "matterbot", "system");

    final List<String> broken = new ArrayList<>();
    private int line;

    void nextLine() {
        line++;
    }

    boolean isFirstLine() {
        return line == 1;
    }

    String userName(JsonNode node, String field) {
        String name = text(node, field, 1, 64);
        must(USER.matcher(name).matches() && !RESERVED.contains(name), field + " " + name);
        return name;
    }

    String text(JsonNode node, String field, int min, int max) {
        must(node.path(field).isTextual(), field + " is a text");
        String text = node.path(field).asText("");
        int runes = text.codePointCount(0, text.length());
        must(runes >= min && runes <= max, field + " has " + runes + " characters");
        return text;
    }

    void optional(JsonNode node, String field, int max) {
        if (node.has(field)) {
            text(node, field, 0, max);
        }
    }

    void positive(JsonNode node, String field) {
        must(
                !node.has(field)
                        || node.path(field).isIntegralNumber()
                                && node.path(field).asLong() > 0,
                field);
    }

    void only(JsonNode node, Set<String> fields) {
        must(node.isObject(), "an object");
        node.fieldNames().forEachRemaining(field -> must(fields.contains(field), "unknown field " + field));
        node.forEach(value -> must(!value.isNull(), "a null"));
    }

    void must(boolean right, String what) {
        if (!right) {
            broken.add("line " + line + ": " + what);
        }
    }
}
