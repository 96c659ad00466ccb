package dev.caravan.connector.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;

/**
 * What a mapping answered for one table.
 *
 * @param key names of the columns that tell one row from another
 * @param rows values by column
 * @param within values by column of all rows that are this record's, so that an edit can remove those it no longer has;
 *     empty when its rows are only ever replaced
 */
record MappedRows(String table, List<String> key, List<ObjectNode> rows, Map<String, JsonNode> within) {

    /**
     * @param mapped {@code {table, key, row}}, {@code {table, key, rows, within}}, or an array of such
     * @throws Problem CRV-465 when it is neither
     */
    static List<MappedRows> of(Kind kind, JsonNode mapped) {
        var all = new ArrayList<MappedRows>();
        if (mapped.isArray()) {
            mapped.forEach(one -> {
                if (!one.isNull()) {
                    all.add(one(kind, one));
                }
            });
        } else {
            all.add(one(kind, mapped));
        }
        if (all.isEmpty()) {
            throw new Problem("CRV-465", kind.word());
        }
        return all;
    }

    private static MappedRows one(Kind kind, JsonNode mapped) {
        var table = mapped.path("table").asText("");
        var key = new ArrayList<String>();
        mapped.path("key").forEach(column -> key.add(column.asText()));
        var rows = new ArrayList<ObjectNode>();
        mapped.path("rows").forEach(row -> rows.add(row(kind, key, row)));
        if (mapped.has("row")) {
            rows.add(row(kind, key, mapped.path("row")));
        }
        if (table.isEmpty() || key.isEmpty() || rows.isEmpty() && !mapped.has("within")) {
            throw new Problem("CRV-465", kind.word());
        }
        var within = new LinkedHashMap<String, JsonNode>();
        mapped.path("within").fields().forEachRemaining(column -> within.put(column.getKey(), column.getValue()));
        return new MappedRows(table, key, rows, within);
    }

    private static ObjectNode row(Kind kind, List<String> key, JsonNode row) {
        if (row instanceof ObjectNode object && key.stream().allMatch(object::hasNonNull)) {
            return object;
        }
        throw new Problem("CRV-465", kind.word());
    }
}
