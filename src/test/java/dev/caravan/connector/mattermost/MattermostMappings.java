package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.Parser;
import dev.caravan.model.Kind;

/** The mappings as they lie in routes/, compiled with the functions of this connector. */
final class MattermostMappings {

    static final Path FOLDER = Path.of("routes/mappings/mattermost-bulk");

    private final Map<String, Expression> compiled = new HashMap<>();

    JsonNode to(Kind kind, JsonNode linked, JsonNode sink) {
        return apply("to", kind, linked, Map.of("sink", sink));
    }

    JsonNode from(Kind kind, JsonNode source) {
        return apply("from", kind, source, Map.of());
    }

    JsonNode apply(String direction, Kind kind, JsonNode input, Map<String, JsonNode> variables) {
        return compiled.computeIfAbsent(direction + "/" + kind.word(), name -> compile(FOLDER.resolve(name + ".jslt")))
                .apply(variables, input);
    }

    /** JSON as people write it in tests: single quotes, bare names. */
    static JsonNode json(String text) {
        try {
            return JsonMapper.builder()
                    .enable(com.fasterxml.jackson.core.JsonParser.Feature.ALLOW_SINGLE_QUOTES)
                    .enable(com.fasterxml.jackson.core.JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES)
                    .build()
                    .readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Expression compile(Path file) {
        try (var in = Files.newBufferedReader(file)) {
            return new Parser(in)
                    .withSource(file.toString())
                    .withFunctions(new MattermostFunctions().functions(Path.of("routes")))
                    .compile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
