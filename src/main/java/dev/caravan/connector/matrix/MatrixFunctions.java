package dev.caravan.connector.matrix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;
import dev.caravan.transform.mapping.MappingFunctions;
import dev.caravan.transform.mapping.NamedFunction;
import jakarta.enterprise.context.ApplicationScoped;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * What the mappings to and from Matrix need beyond JSLT; {@code sink} are the sink's settings:
 *
 * <ul>
 *   <li>{@code matrix-user(name, sink)}: the user id for a name on the target
 *   <li>{@code matrix-alias(type, name, sink)}: the alias of a conversation
 *   <li>{@code matrix-body(text, links, sink)}: canonical text as it is sent
 *   <li>{@code matrix-canonical-text(body, server)}: and back; server is {@code {serverName, userPrefix}}
 *   <li>{@code matrix-plain(text)}: the letters of a text, for fields that show no markup
 *   <li>{@code matrix-emoji(name)}: the key of a reaction
 *   <li>{@code matrix-reactions(array)}: of {@code {key, user}}, by key, each with its people
 *   <li>{@code matrix-ms(time)}: us to ms
 * </ul>
 */
@ApplicationScoped
public class MatrixFunctions implements MappingFunctions {

    private static final Parser MARKDOWN = Parser.builder().build();
    private static final TextContentRenderer PLAIN =
            TextContentRenderer.builder().build();

    @Override
    public Collection<Function> functions(Path routes) {
        return List.of(
                new NamedFunction(
                        "matrix-user", 2, args -> TextNode.valueOf(ids(args[1]).user(args[0].asText()))),
                new NamedFunction(
                        "matrix-alias",
                        3,
                        args -> TextNode.valueOf(ids(args[2]).alias(args[0].asText(), args[1].asText()))),
                new NamedFunction("matrix-body", 3, args -> body(args[0], args[1], args[2])),
                new NamedFunction("matrix-canonical-text", 2, args -> canonical(args[0], args[1])),
                new NamedFunction("matrix-plain", 1, args -> plain(args[0])),
                new NamedFunction("matrix-emoji", 1, args -> TextNode.valueOf(EmojiKeys.key(args[0].asText()))),
                new NamedFunction("matrix-reactions", 1, args -> reactions(args[0])),
                new NamedFunction("matrix-ms", 1, args -> ms(args[0])));
    }

    private static MatrixIds ids(JsonNode settings) {
        var properties = new TreeMap<String, String>();
        settings.properties()
                .forEach(
                        field -> properties.put(field.getKey(), field.getValue().asText()));
        return MatrixIds.of(properties);
    }

    private static JsonNode body(JsonNode text, JsonNode links, JsonNode sink) {
        return text.isTextual()
                ? TextNode.valueOf(MatrixText.body(text.textValue(), links, ids(sink)))
                : NullNode.instance;
    }

    private static JsonNode canonical(JsonNode body, JsonNode server) {
        return body.isTextual()
                ? TextNode.valueOf(MatrixText.canonical(body.textValue(), ids(server)))
                : NullNode.instance;
    }

    private static JsonNode plain(JsonNode text) {
        return text.isTextual() && !text.textValue().isEmpty()
                ? TextNode.valueOf(PLAIN.render(MARKDOWN.parse(text.textValue())))
                : NullNode.instance;
    }

    private static JsonNode reactions(JsonNode reactions) {
        var byKey = new LinkedHashMap<String, List<String>>();
        reactions.forEach(reaction -> byKey.computeIfAbsent(reaction.path("key").asText(), key -> new ArrayList<>())
                .add(reaction.path("user").asText()));
        return byKey.isEmpty() ? NullNode.instance : canonical(byKey);
    }

    private static JsonNode canonical(Map<String, List<String>> byKey) {
        var all = JsonNodeFactory.instance.arrayNode();
        byKey.forEach((key, people) -> {
            var users = all.addObject().put("emoji", key).putArray("users");
            people.forEach(users::add);
        });
        return all;
    }

    private static JsonNode ms(JsonNode time) {
        return time.isNumber() ? LongNode.valueOf(time.longValue() / 1000) : NullNode.instance;
    }
}
