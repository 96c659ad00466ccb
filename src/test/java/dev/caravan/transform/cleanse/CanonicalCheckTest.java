package dev.caravan.transform.cleanse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.caravan.model.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Records made from the schema itself, half of them damaged in one place: the check must agree with a schema library. */
class CanonicalCheckTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode schema = read();
    private final JsonSchema library =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    private final CanonicalCheck check = new CanonicalCheck();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldAgreeWithTheSchema(Kind kind) {
        var random = new Random(42 + kind.ordinal());
        int faults = 0;
        for (int i = 0; i < 3_000; i++) {
            var record = (ObjectNode) generate(schema.at("/$defs/" + kind.word()), random);
            if (random.nextBoolean()) {
                damage(record, random);
            }
            boolean valid = library.validate(record).isEmpty();
            var fault = check.fault(kind, record);
            assertThat(fault == null).as("%s %s", record, fault).isEqualTo(valid);
            faults += valid ? 0 : 1;
        }
        assertThat(faults).isBetween(500, 2_000);
    }

    private JsonNode generate(JsonNode shape, Random random) {
        if (shape.has("$ref")) {
            return generate(schema.at(shape.get("$ref").asText().substring(1)), random);
        }
        if (shape.has("const")) {
            return shape.get("const");
        }
        if (shape.has("enum")) {
            return shape.get("enum").get(random.nextInt(shape.get("enum").size()));
        }
        if (shape.has("properties")) {
            var object = JSON.createObjectNode();
            var required = shape.path("required").toString();
            shape.get("properties").properties().forEach(field -> {
                if (required.contains("\"" + field.getKey() + "\"") || random.nextBoolean()) {
                    object.set(field.getKey(), generate(field.getValue(), random));
                }
            });
            return object;
        }
        return switch (shape.get("type").asText()) {
            case "integer" -> JSON.getNodeFactory().numberNode(1 + random.nextLong(1L << 50));
            case "boolean" -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case "array" -> {
                var array = JSON.createArrayNode();
                for (int n = random.nextInt(3); n > 0; n--) {
                    array.add(generate(shape.get("items"), random));
                }
                yield array;
            }
            case "object" -> JSON.createObjectNode().put("anything", 1);
            default -> JSON.getNodeFactory().textNode("\ud83d\ude00".repeat(1 + random.nextInt(3)));
        };
    }

    /** One field somewhere, anywhere: removed, of another type or value, or one too many. */
    private void damage(JsonNode record, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(record, containers);
        var place = containers.get(random.nextInt(containers.size()));
        if (place instanceof ArrayNode array) {
            array.add(odd(random));
        } else if (place instanceof ObjectNode object) {
            var names = new ArrayList<String>();
            object.fieldNames().forEachRemaining(names::add);
            var name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.put("one too many", 1);
                default -> object.set(name, odd(random));
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private static JsonNode odd(Random random) {
        var make = JSON.getNodeFactory();
        return switch (random.nextInt(10)) {
            case 0 -> make.nullNode();
            case 1 -> make.textNode("");
            case 2 -> make.textNode("\ud83d\ude00".repeat(255 + random.nextInt(2)));
            case 3 -> make.numberNode(random.nextInt(3) - 1);
            case 4 -> make.numberNode(1.5);
            case 5 -> make.numberNode(253402300799999999L + random.nextInt(2));
            case 6 -> make.booleanNode(true);
            case 7 -> make.arrayNode().add("x");
            case 8 -> make.objectNode();
            default -> make.textNode("message");
        };
    }

    private static JsonNode read() {
        try (var in = CanonicalCheckTest.class.getResourceAsStream("/canonical.schema.json")) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
