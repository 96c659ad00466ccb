package dev.caravan.connector.slack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.caravan.model.Problem;

/** What becomes of each subtype of a Slack message: the table {@code rules/slack-subtypes.yaml}. */
class SubtypePolicy {

    private static final Set<String> POLICIES = Set.of("carry", "system", "skip");
    private static final Set<String> FIELDS =
            Set.of("subtype", "policy", "rule", "description", "type", "text", "fallback");

    private final Map<String, JsonNode> bySubtype;
    private final JsonNode unknown;

    private SubtypePolicy(Map<String, JsonNode> bySubtype, JsonNode unknown) {
        this.bySubtype = bySubtype;
        this.unknown = unknown;
    }

    /** @throws Problem CRV-125 with the file and what is wrong */
    static SubtypePolicy read(Path file) {
        JsonNode table;
        try {
            table = new ObjectMapper(new YAMLFactory()).readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new Problem(e, "CRV-125", file, firstLine(e));
        }
        var bySubtype = new HashMap<String, JsonNode>();
        for (var row : table.path("subtypes")) {
            check(file, row);
            if (bySubtype.put(row.path("subtype").asText(), row) != null) {
                throw new Problem("CRV-125", file, row.path("subtype").asText() + " twice");
            }
        }
        check(file, table.path("unknown"));
        return new SubtypePolicy(bySubtype, table.get("unknown"));
    }

    private static void check(Path file, JsonNode row) {
        if (!POLICIES.contains(row.path("policy").asText())
                || row.path("rule").asText().isEmpty()) {
            throw new Problem("CRV-125", file, row.path("subtype").asText("unknown") + ": policy, rule");
        }
        row.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw new Problem("CRV-125", file, row.path("subtype").asText("unknown") + ": " + field);
            }
        });
    }

    private static String firstLine(IOException e) {
        return e instanceof com.fasterxml.jackson.core.JsonProcessingException json && json.getLocation() != null
                ? "line " + json.getLocation().getLineNr()
                : e.getClass().getSimpleName();
    }

    /** A table that is not there: only whoever asks it is told so. */
    static SubtypePolicy absent(Path file) {
        return new SubtypePolicy(Map.of(), null) {
            @Override
            JsonNode of(String subtype) {
                throw new Problem("CRV-125", file, "absent");
            }
        };
    }

    /** The row of a subtype; of one not in the table the row {@code unknown}. */
    JsonNode of(String subtype) {
        return bySubtype.getOrDefault(subtype, unknown);
    }
}
