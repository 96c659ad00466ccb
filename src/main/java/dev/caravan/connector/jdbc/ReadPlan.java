package dev.caravan.connector.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;

/**
 * How records of one kind are read back, as {@code read.yaml} beside the mappings says.
 *
 * @param table that holds a row for each record
 * @param lane column that holds the id of the conversation; null where records are read all at once
 * @param order columns it is read by
 * @param with other tables whose rows go with a row of this one: their column -> this table's column
 */
record ReadPlan(String table, String lane, List<String> order, Map<String, Map<String, String>> with) {

    static final String FILE = "read.yaml";

    /**
     * @return nothing for kinds the file does not name
     * @throws Problem CRV-469 when the file cannot be read or lacks something
     */
    static Optional<ReadPlan> of(Path folder, Kind kind) {
        var file = folder.resolve(FILE);
        try {
            var plan = new YAMLMapper().readTree(file.toFile()).path(kind.word());
            return plan.isMissingNode() ? Optional.empty() : Optional.of(of(plan, file, kind));
        } catch (IOException e) {
            throw new Problem(e, "CRV-469", file, "");
        }
    }

    private static ReadPlan of(JsonNode plan, Path file, Kind kind) {
        var order = new ArrayList<String>();
        plan.path("order").forEach(column -> order.add(column.asText()));
        var with = new LinkedHashMap<String, Map<String, String>>();
        plan.path("with").fields().forEachRemaining(other -> {
            var columns = new LinkedHashMap<String, String>();
            other.getValue()
                    .fields()
                    .forEachRemaining(
                            pair -> columns.put(pair.getKey(), pair.getValue().asText()));
            with.put(other.getKey(), columns);
        });
        if (!plan.hasNonNull("table")
                || order.isEmpty()
                || with.values().stream().anyMatch(pair -> pair.size() != 1)) {
            throw new Problem("CRV-469", file, kind.word());
        }
        return new ReadPlan(plan.path("table").asText(), plan.path("lane").asText(null), order, with);
    }
}
