package dev.caravan.connector.jdbc;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.caravan.model.Problem;

/** A table as the database describes it. */
final class Table {

    private final String name;
    private final String quoted;
    private final Map<String, Column> columns;
    private final List<Column> unfilled;
    private final boolean wasEmpty;

    /**
     * @param name as mappings say it
     * @param quoted as SQL takes it, with its schema
     * @param columns by name, in the table's order
     * @param wasEmpty when it was first asked for, before anything was written: all that is there is ours
     */
    Table(String name, String quoted, Map<String, Column> columns, boolean wasEmpty) {
        this.name = name;
        this.quoted = quoted;
        this.columns = new LinkedHashMap<>(columns);
        this.unfilled =
                columns.values().stream().filter(column -> !column.filled()).toList();
        this.wasEmpty = wasEmpty;
    }

    String name() {
        return name;
    }

    String quoted() {
        return quoted;
    }

    Map<String, Column> columns() {
        return columns;
    }

    boolean wasEmpty() {
        return wasEmpty;
    }

    /** All but those the database fills, unless they are given. */
    List<Column> written(Predicate<String> given) {
        return columns.values().stream().anyMatch(column -> column.filled() && given.test(column.name()))
                ? columns.values().stream()
                        .filter(column -> !column.filled() || given.test(column.name()))
                        .toList()
                : unfilled;
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
