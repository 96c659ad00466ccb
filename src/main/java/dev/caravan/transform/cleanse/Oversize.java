package dev.caravan.transform.cleanse;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** Refuses texts longer than a number of code points. */
record Oversize(Rule rule, List<Field> fields, int limit) implements Step {

    static Oversize of(Rule rule) {
        var settings = Settings.of(rule);
        return new Oversize(rule, settings.fields(), settings.positive("limit"));
    }

    @Override
    public JsonNode apply(JsonNode tree, Notes notes) {
        for (int i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            var node = field.read(tree);
            if (node.isTextual() && tooLong(node.textValue())) {
                var text = node.textValue();
                int length = text.codePointCount(0, text.length());
                notes.refuse(rule, "text-oversize", field + " has " + length + " characters, the limit is " + limit);
            }
        }
        return tree;
    }

    private boolean tooLong(String text) {
        return text.length() > limit && text.codePointCount(0, text.length()) > limit;
    }
}
