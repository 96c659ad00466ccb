package dev.caravan.migration.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.transform.mapping.TemplateFields;

/** The fields a template makes, beside what they are of one record, and where the same value stands on the other side. */
final class FieldTable {

    private static final int MOST_SAME = 3;
    private static final int SHORTEST = 2;

    private FieldTable() {}

    /**
     * @param input what the template reads; null when nothing got so far
     * @param output what it makes; null likewise
     */
    static List<Attempt.Field> of(String template, JsonNode input, JsonNode output) {
        var read = new LinkedHashMap<String, String>();
        leaves("", input, read);
        var made = new LinkedHashMap<String, String>();
        leaves("", output, made);
        var table = new ArrayList<Attempt.Field>();
        for (var field : TemplateFields.of(template)) {
            var value = value(field.path(), output, made);
            table.add(new Attempt.Field(
                    field.path(),
                    value,
                    same(value, read),
                    field.line(),
                    field.from(),
                    field.to(),
                    field.expression()));
        }
        return table;
    }

    /** Of a field in an array the first one. */
    private static String value(String path, JsonNode output, Map<String, String> made) {
        var known = made.get(path);
        if (known != null || output == null) {
            return known;
        }
        var node = output;
        for (var part : path.split("\\.")) {
            node = node.isArray() ? node.path(0) : node;
            node = node.path(part.replace("[]", ""));
        }
        return node.isMissingNode() ? null : node.isValueNode() ? node.asText() : node.toString();
    }

    private static List<String> same(String value, Map<String, String> read) {
        if (value == null || value.length() < SHORTEST || value.equals("true") || value.equals("false")) {
            return List.of();
        }
        return read.entrySet().stream()
                .filter(one -> one.getValue().equals(value))
                .map(Map.Entry::getKey)
                .limit(MOST_SAME)
                .toList();
    }

    private static void leaves(String path, JsonNode node, Map<String, String> found) {
        if (node == null || node.isNull()) {
            return;
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(one ->
                            leaves(path.isEmpty() ? one.getKey() : path + "." + one.getKey(), one.getValue(), found));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                leaves(path + "[" + i + "]", node.get(i), found);
            }
        } else {
            found.put(path, node.asText());
        }
    }
}
