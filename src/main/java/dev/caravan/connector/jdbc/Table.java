package dev.caravan.connector.jdbc;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.caravan.model.Problem;

/**
 * A table as the database describes it.
 *
 * @param name as mappings say it
 * @param quoted as SQL takes it, with its schema
 * @param columns by name, in the table's order
 * @param wasEmpty when it was first asked for, before anything was written: all that is there is ours
 */
record Table(String name, String quoted, Map<String, Column> columns, boolean wasEmpty) {

    Table {
        columns = new LinkedHashMap<>(columns);
    }

    /** @throws Problem CRV-464 when there is no such column */
    Column column(String column) {
        var found = columns.get(column);
        if (found == null) {
            throw new Problem("CRV-464", name, column);
        }
        return found;
    }

    List<Column> columns(Collection<String> names) {
        return names.stream().map(this::column).toList();
    }

    /** {@code "a" = ? AND "b" = ?} */
    static String equal(Collection<Column> columns) {
        return columns.stream().map(column -> column.quoted() + " = ?").collect(Collectors.joining(" AND "));
    }
}
