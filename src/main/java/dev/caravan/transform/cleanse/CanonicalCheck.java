package dev.caravan.transform.cleanse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.model.Kind;

/**
 * Whether a record is canonical: {@code canonical.schema.json}, compiled. A schema library takes many times longer a
 * message; this knows the keywords that schema uses, and refuses to start on any other. Thread-safe.
 */
public final class CanonicalCheck {

    private static final Set<String> KNOWN = Set.of(
            "$ref",
            "type",
            "properties",
            "required",
            "dependentRequired",
            "additionalProperties",
            "items",
            "enum",
            "const",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "description");

    private final Map<Kind, Shape> shapes = new EnumMap<>(Kind.class);

    /** What is wrong with a record: {@code field-missing}, {@code field-type}, {@code field-value}, {@code field-unknown}. */
    public record Fault(String cause, String pointer) {}

    public CanonicalCheck() {
        try (InputStream in = CanonicalCheck.class.getResourceAsStream("/canonical.schema.json")) {
            var definitions = new ObjectMapper().readTree(in).get("$defs");
            for (var kind : Kind.values()) {
                shapes.put(kind, object(definitions.get(kind.word()), definitions));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("canonical.schema.json", e);
        }
    }

    /** The first fault, or null. */
    public Fault fault(Kind kind, JsonNode canonical) {
        return shapes.get(kind).fault(canonical);
    }

    private interface Shape {
        Fault fault(JsonNode node);
    }

    private static Shape compile(JsonNode schema, JsonNode definitions) {
        schema.fieldNames().forEachRemaining(CanonicalCheck::known);
        if (schema.has("$ref")) {
            return compile(definitions.get(schema.get("$ref").asText().replace("#/$defs/", "")), definitions);
        }
        if (schema.has("const")) {
            return new Words(Set.of(schema.get("const").asText()));
        }
        if (schema.has("enum")) {
            var words = new HashSet<String>();
            schema.get("enum").forEach(word -> words.add(word.asText()));
            return new Words(words);
        }
        return switch (schema.path("type").asText()) {
            case "string" -> new Text(
                    schema.path("minLength").asInt(0), schema.path("maxLength").asInt(Integer.MAX_VALUE));
            case "integer" -> new Whole(
                    schema.path("minimum").asLong(Long.MIN_VALUE),
                    schema.path("maximum").asLong(Long.MAX_VALUE));
            case "boolean" -> node -> node.isBoolean() ? null : TYPE;
            case "array" -> new Array(compile(schema.get("items"), definitions));
            case "object" -> object(schema, definitions);
            default -> throw new IllegalStateException("canonical.schema.json: type " + schema.path("type"));
        };
    }

    private static Shape object(JsonNode schema, JsonNode definitions) {
        schema.fieldNames().forEachRemaining(CanonicalCheck::known);
        var fields = new HashMap<String, Member>();
        var required = new ArrayList<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (var field : schema.path("properties").properties()) {
            var shape = compile(field.getValue(), definitions);
            fields.put(field.getKey(), new Member(shape, required.contains(field.getKey())));
        }
        var dependents = new HashMap<String, String>();
        schema.path("dependentRequired")
                .properties()
                .forEach(field ->
                        dependents.put(field.getKey(), field.getValue().get(0).asText()));
        return new Fields(
                fields,
                required,
                dependents,
                schema.path("additionalProperties").asBoolean(true));
    }

    private static void known(String keyword) {
        if (!KNOWN.contains(keyword)) {
            throw new IllegalStateException("canonical.schema.json: keyword " + keyword);
        }
    }

    private static final Fault TYPE = new Fault("field-type", "");
    private static final Fault VALUE = new Fault("field-value", "");

    private record Member(Shape shape, boolean required) {}

    private record Words(Set<String> words) implements Shape {
        @Override
        public Fault fault(JsonNode node) {
            return !node.isTextual() ? TYPE : words.contains(node.textValue()) ? null : VALUE;
        }
    }

    private record Text(int shortest, int longest) implements Shape {
        @Override
        public Fault fault(JsonNode node) {
            if (!node.isTextual()) {
                return TYPE;
            }
            var text = node.textValue();
            boolean fits = text.length() >= shortest
                    && (text.length() <= longest || text.codePointCount(0, text.length()) <= longest);
            return fits ? null : VALUE;
        }
    }

    private record Whole(long least, long most) implements Shape {
        @Override
        public Fault fault(JsonNode node) {
            if (!node.isIntegralNumber()) {
                return TYPE;
            }
            return node.canConvertToLong() && node.longValue() >= least && node.longValue() <= most ? null : VALUE;
        }
    }

    private record Array(Shape items) implements Shape {
        @Override
        public Fault fault(JsonNode node) {
            if (!node.isArray()) {
                return TYPE;
            }
            for (int i = 0; i < node.size(); i++) {
                var fault = items.fault(node.get(i));
                if (fault != null) {
                    return new Fault(fault.cause, "/" + i + fault.pointer);
                }
            }
            return null;
        }
    }

    private record Fields(
            Map<String, Member> fields, List<String> required, Map<String, String> dependents, boolean open)
            implements Shape {
        @Override
        public Fault fault(JsonNode node) {
            if (!node.isObject()) {
                return TYPE;
            }
            int seen = 0;
            for (var field : node.properties()) {
                var member = fields.get(field.getKey());
                if (member == null) {
                    if (!open) {
                        return new Fault("field-unknown", "/" + field.getKey());
                    }
                    continue;
                }
                seen += member.required ? 1 : 0;
                var fault = member.shape.fault(field.getValue());
                if (fault != null) {
                    return new Fault(fault.cause, "/" + field.getKey() + fault.pointer);
                }
            }
            for (var dependent : dependents.entrySet()) {
                if (node.has(dependent.getKey()) && !node.has(dependent.getValue())) {
                    return new Fault("field-missing", "/" + dependent.getValue());
                }
            }
            return seen == required.size() ? null : missing(node);
        }

        private Fault missing(JsonNode node) {
            for (var name : required) {
                if (!node.has(name)) {
                    return new Fault("field-missing", "/" + name);
                }
            }
            throw new IllegalStateException("a required field without a shape");
        }
    }
}
