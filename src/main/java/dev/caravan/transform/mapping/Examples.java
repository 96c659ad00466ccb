package dev.caravan.transform.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Problem;

/** The pairs beside a template, {@code {name, input, variables?, output}}: what it is to make of what. */
public final class Examples {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OUTPUT = "output";

    private final String name;
    private final JsonNode pairs;

    private Examples(String name, JsonNode pairs) {
        this.name = name;
        this.pairs = pairs;
    }

    /**
     * @param name of the file, for messages
     * @throws Problem CRV-672 when it is no list of pairs
     */
    public static Examples of(String name, byte[] file) {
        try {
            var pairs = JSON.readTree(file);
            if (pairs.isArray()) {
                return new Examples(name, pairs);
            }
            throw new Problem("CRV-672", name, 1);
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new Problem(broken, "CRV-672", name, broken.getLocation().getLineNr());
        } catch (IOException unforeseen) {
            throw new Problem(unforeseen, "CRV-672", name, 1);
        }
    }

    /** One pair that does not fit: what its file expects, and what the template makes of the input now. */
    public record Misfit(String example, String expected, String actual) {}

    List<Misfit> misfits(Template template) {
        var misfits = new ArrayList<Misfit>();
        for (var pair : pairs) {
            var actual = actual(template, pair);
            if (!actual.equals(pair.path(OUTPUT).toPrettyString())) {
                misfits.add(
                        new Misfit(pair.path("name").asText(), pair.path(OUTPUT).toPrettyString(), actual));
            }
        }
        return misfits;
    }

    private static String actual(Template template, JsonNode pair) {
        try {
            return output(template, pair).toPrettyString();
        } catch (MappingFailed failed) {
            return failed.getMessage();
        }
    }

    /** As it would be read back: an int 1 and a long 1 are one number. */
    private static JsonNode output(Template template, JsonNode pair) {
        Map<String, JsonNode> variables = new TreeMap<>();
        pair.path("variables").properties().forEach(one -> variables.put(one.getKey(), one.getValue()));
        var output = template.apply(variables, pair.path("input")).orElse(NullNode.instance);
        try {
            return JSON.readTree(output.toString());
        } catch (IOException ours) {
            throw new IllegalStateException("a tree that is no JSON", ours);
        }
    }

    /**
     * The file with what the template makes now in the place of what was expected. One field a line, as the files that come
     * with Caravan are written.
     *
     * @throws Problem CRV-671 when the template breaks on an input
     */
    byte[] renewed(Template template) {
        var written = new ArrayList<String>();
        for (var pair : pairs) {
            var renewed = ((ObjectNode) pair).deepCopy();
            try {
                renewed.set(OUTPUT, output(template, pair));
            } catch (MappingFailed failed) {
                throw new Problem("CRV-671", name, pair.path("name").asText() + ": " + failed.getMessage());
            }
            written.add(renewed.properties().stream()
                    .map(field -> "    " + quoted(field.getKey()) + ": " + field.getValue())
                    .collect(Collectors.joining(",\n", "  {\n", "\n  }")));
        }
        return ("[\n" + String.join(",\n", written) + "\n]\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return JSON.getNodeFactory().textNode(text).toString();
    }
}
