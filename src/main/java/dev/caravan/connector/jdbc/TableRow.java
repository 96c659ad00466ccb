package dev.caravan.connector.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Effect;
import dev.caravan.model.Sha256;

/**
 * A row in the forms of its table's columns.
 *
 * @param values of every column written, in the table's order; null for none
 */
record TableRow(Table table, List<String> key, Map<Column, Object> values) {

    /** The sink's word for what it does to the target. */
    static final String EFFECT = "row";

    /** The sink's word for a row of somebody's that it replaced. */
    static final String REPLACED = "replaced";

    /** Larger rows are not kept in the journal: what replaced them stays at a rollback, and is listed. */
    private static final int MOST_KEPT = 100_000;

    private static final int MARK_BYTES = 8;

    /** A value that its column cannot take. */
    static final class DoesNotFit extends RuntimeException {
        DoesNotFit(Table table, Column column) {
            super(table.name() + "." + column.name() + " takes " + column.form(), null, false, false);
        }
    }

    /**
     * A column the mapping leaves out becomes empty, unless the database fills it.
     *
     * @throws DoesNotFit when a column cannot take its value
     */
    static TableRow of(Table table, List<String> key, ObjectNode mapped) {
        mapped.fieldNames().forEachRemaining(table::column);
        var values = new LinkedHashMap<Column, Object>();
        for (Column column : table.columns().values()) {
            if (!column.filled() || mapped.has(column.name())) {
                values.put(column, value(table, column, mapped.get(column.name())));
            }
        }
        return new TableRow(table, key, values);
    }

    static Object value(Table table, Column column, JsonNode value) {
        try {
            return column.form().of(value);
        } catch (IllegalArgumentException e) {
            throw new DoesNotFit(table, column);
        }
    }

    /** The row a query stands at, with those columns. */
    static TableRow read(Dialect dialect, Table table, List<String> key, Iterable<Column> columns, ResultSet row)
            throws SQLException {
        var values = new LinkedHashMap<Column, Object>();
        for (Column column : columns) {
            values.put(column, column.form().read(dialect, row, column.name()));
        }
        return new TableRow(table, key, values);
    }

    List<Column> keyColumns() {
        return table.columns(key);
    }

    /** Equal for equal keys. */
    List<String> keyText() {
        return keyColumns().stream()
                .map(column -> column.form().comparable(values.get(column)))
                .toList();
    }

    /** The database's own id of it: {@code C1/1}; of several columns all of them. */
    String id() {
        return String.join("/", keyText());
    }

    /** {@code message|{"id":"C1/1"}}: what identifies the row. */
    String reference() {
        return table.name() + "|" + tree(keyColumns());
    }

    Effect effect() {
        return new Effect(EFFECT, reference(), mark());
    }

    /** @param before what stood there, with the same columns; a rollback puts it back */
    Effect replacing(TableRow before) {
        var image = before.tree(before.values().keySet()).toString();
        return new Effect(REPLACED, reference(), mark() + "\n" + (image.length() > MOST_KEPT ? "" : image));
    }

    private ObjectNode tree(Iterable<Column> columns) {
        var tree = JsonNodeFactory.instance.objectNode();
        for (Column column : columns) {
            var value = values.get(column);
            tree.set(column.name(), value == null ? null : column.form().tree(value));
        }
        return tree;
    }

    /**
     * A hash of the values, and behind it the names of columns that were written although the database would fill them.
     * Empty columns do not count, so that a column added later changes nothing.
     */
    String mark() {
        var filled = values.keySet().stream()
                .filter(Column::filled)
                .map(Column::name)
                .collect(Collectors.joining(","));
        return filled.isEmpty() ? hash() : hash() + ":" + filled;
    }

    private String hash() {
        var digest = Sha256.digest();
        values.forEach((column, value) -> {
            if (value != null) {
                var bytes = column.form().comparable(value).getBytes(StandardCharsets.UTF_8);
                digest.update((column.name() + "=" + bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
        });
        return HexFormat.of().formatHex(digest.digest(), 0, MARK_BYTES);
    }
}
