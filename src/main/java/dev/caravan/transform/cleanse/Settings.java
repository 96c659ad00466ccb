package dev.caravan.transform.cleanse;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Problem;

/** Reads the settings of one rule; what is missing or of the wrong form is a problem that names rule and setting. */
record Settings(Rule rule, JsonNode node) {

    static Settings of(Rule rule) {
        return new Settings(rule, rule.settings());
    }

    Settings match() {
        var match = node.path("match");
        if (!match.isObject()) {
            throw wrong("match", "{field: /text, pattern: ...}");
        }
        return new Settings(rule, match);
    }

    List<Field> fields() {
        var fields = new ArrayList<Field>();
        node.path("fields").forEach(text -> fields.add(field("fields", text)));
        if (fields.isEmpty()) {
            throw wrong("fields", "[/text, /time]");
        }
        return fields;
    }

    Field field(String name) {
        return field(name, node.path(name));
    }

    private Field field(String name, JsonNode text) {
        try {
            if (text.isTextual() && text.asText().length() > 1) {
                return Field.of(JsonPointer.compile(text.asText()));
            }
        } catch (IllegalArgumentException notAPointer) {
            throw wrong(name, "/text");
        }
        throw wrong(name, "/text");
    }

    boolean has(String name) {
        return node.has(name);
    }

    boolean flag(String name) {
        var flag = node.path(name);
        if (!flag.isMissingNode() && !flag.isBoolean()) {
            throw wrong(name, "true, false");
        }
        return flag.asBoolean(false);
    }

    String word(String name, List<String> known) {
        var word = node.path(name).asText();
        if (!known.contains(word)) {
            throw wrong(name, String.join(", ", known));
        }
        return word;
    }

    List<String> words(String name, List<String> known) {
        var words = new ArrayList<String>();
        node.path(name).forEach(word -> words.add(word.asText()));
        if (words.isEmpty() || !known.containsAll(words)) {
            throw wrong(name, known.toString());
        }
        return words;
    }

    String text(String name) {
        if (!node.path(name).isTextual()) {
            throw wrong(name, "\"...\"");
        }
        return node.path(name).asText();
    }

    JsonNode value(String name) {
        if (!node.has(name)) {
            throw wrong(name, "\"...\"");
        }
        return node.get(name);
    }

    int positive(String name) {
        var number = node.path(name);
        if (!number.isInt() || number.asInt() <= 0) {
            throw wrong(name, "1 - " + Integer.MAX_VALUE);
        }
        return number.asInt();
    }

    Instant instant(String name) {
        try {
            return Instant.parse(node.path(name).asText());
        } catch (DateTimeException e) {
            throw wrong(name, "\"1990-01-01T00:00:00Z\"");
        }
    }

    Duration duration(String name) {
        try {
            return Duration.parse(node.path(name).asText());
        } catch (DateTimeException e) {
            throw wrong(name, "P1D, PT12H");
        }
    }

    Pattern pattern(String name) {
        try {
            return Pattern.compile(text(name));
        } catch (PatternSyntaxException e) {
            throw wrong(name, e.getDescription());
        }
    }

    Problem wrong(String name, String expected) {
        var place = rule.place();
        return new Problem("CRV-514", place.file(), place.line(), place.id(), name, expected);
    }
}
