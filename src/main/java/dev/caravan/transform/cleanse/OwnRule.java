package dev.caravan.transform.cleanse;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** A rule an operator wrote: one field, matched by a pattern or by being missing or blank. */
record OwnRule(Rule rule, Field field, Pattern pattern, Predicate<JsonNode> matches, JsonNode value, String replacement)
        implements Step {

    static OwnRule of(Rule rule) {
        var settings = Settings.of(rule);
        var match = settings.match();
        match.node().fieldNames().forEachRemaining(name -> {
            if (!List.of("field", "pattern", "missing", "blank").contains(name)) {
                throw match.wrong("match", "{field, pattern | missing: true | blank: true}");
            }
        });
        var pattern = match.has("pattern") ? match.pattern("pattern") : null;
        boolean missing = match.flag("missing");
        boolean blank = match.flag("blank");
        if ((pattern != null ? 1 : 0) + (missing ? 1 : 0) + (blank ? 1 : 0) != 1) {
            throw match.wrong("match", "pattern | missing: true | blank: true");
        }
        if (rule.action() == Action.REPLACE && pattern == null) {
            throw match.wrong("pattern", "do: replace");
        }
        return new OwnRule(
                rule,
                match.field("field"),
                pattern,
                pattern != null ? node -> finds(pattern, node) : missing ? OwnRule::missing : OwnRule::blank,
                rule.action() == Action.SET_DEFAULT ? settings.value("value") : null,
                rule.action() == Action.REPLACE ? settings.text("replacement") : null);
    }

    @Override
    public JsonNode apply(JsonNode tree, Notes notes) {
        var node = field.read(tree);
        try {
            return matches.test(node) ? carryOut(tree, node, notes) : tree;
        } catch (StackOverflowError e) {
            // java.util.regex recurses on repeated groups; a long text must not end the run.
            notes.refuse(rule, "rule-failed", field + ": the pattern is too costly for this text");
            return tree;
        }
    }

    private JsonNode carryOut(JsonNode tree, JsonNode node, Notes notes) {
        if (rule.action() == Action.REFUSE) {
            notes.refuse(rule, rule.id(), field.toString());
            return tree;
        }
        var changed =
                switch (rule.action()) {
                    case SET_DEFAULT -> field.write(tree, value);
                    case REMOVE -> field.write(tree, null);
                    default -> field.write(tree, new TextNode(replaced(node.textValue())));
                };
        if (!changed.equals(tree)) {
            notes.found(rule, node.isTextual() ? field + " was " + Notes.hash(node.textValue()) : field.toString());
        }
        return changed;
    }

    private String replaced(String text) {
        return pattern.matcher(text).replaceAll(Matcher.quoteReplacement(replacement));
    }

    private static boolean finds(Pattern pattern, JsonNode node) {
        return node.isTextual() && pattern.matcher(node.textValue()).find();
    }

    private static boolean missing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static boolean blank(JsonNode node) {
        return missing(node) || (node.isTextual() && node.textValue().isBlank());
    }
}
