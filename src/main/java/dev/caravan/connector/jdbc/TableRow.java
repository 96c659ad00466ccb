package dev.caravan.connector.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Effect;
import dev.caravan.model.Sha256;

/** A row in the forms of its table's columns. */
final class TableRow {

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

    private final Table table;
    private final List<Column> key;
    private final List<Column> columns;
    private final Object[] values;
    private String reference;
    private String mark;

    private TableRow(Table table, List<Column> key, List<Column> columns, Object[] values) {
        this.table = table;
        this.key = key;
        this.columns = columns;
        this.values = values;
    }

    /**
     * A column the mapping leaves out becomes empty, unless the database fills it.
     *
     * @throws DoesNotFit when a column cannot take its value
     */
    static TableRow of(Table table, List<Column> key, ObjectNode mapped) {
        mapped.fieldNames().forEachRemaining(table::column);
        var columns = table.written(mapped::has);
        var values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(table, columns.get(i), mapped.get(columns.get(i).name()));
        }
        return new TableRow(table, key, columns, values);
    }

    static Object value(Table table, Column column, JsonNode value) {
        try {
            return column.form().of(value);
        } catch (IllegalArgumentException e) {
            throw new DoesNotFit(table, column);
        }
    }

    /** The row a query stands at, with those columns. */
    static TableRow read(Dialect dialect, Table table, List<Column> key, List<Column> columns, ResultSet row)
            throws SQLException {
        var values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).form().read(dialect, row, columns.get(i).name());
        }
        return new TableRow(table, key, columns, values);
    }

    /** The same row with what it held before. */
    TableRow with(Map<Column, Object> before) {
        return new TableRow(
                table, key, columns, columns.stream().map(before::get).toArray());
    }

    Table table() {
        return table;
    }

    /** What tells one row from another. */
    List<Column> key() {
        return key;
    }

    /** Every one that is written, in the table's order. */
    List<Column> columns() {
        return columns;
    }

    /** Of the columns, in their order; null for none. */
    Object[] values() {
        return values;
    }

    Object value(Column column) {
        return values[columns.indexOf(column)];
    }

    /** Equal for equal keys. */
    List<String> keyText() {
        return key.stream()
                .map(column -> column.form().comparable(value(column)))
                .toList();
    }

    /** The database's own id of it: {@code C1/1}; of several columns all of them. */
    String id() {
        return String.join("/", keyText());
    }

    /** {@code message|{"id":"C1/1"}}: what identifies the row. */
    String reference() {
        if (reference == null) {
            reference = table.name() + "|" + tree(key);
        }
        return reference;
    }

    Effect effect() {
        return new Effect(EFFECT, reference(), mark());
    }

    /** @param before what stood there, with the same columns; a rollback puts it back */
    Effect replacing(TableRow before) {
        var image = before.tree(before.columns).toString();
        return new Effect(REPLACED, reference(), mark() + "\n" + (image.length() > MOST_KEPT ? "" : image));
    }

    /** The {@link #mark} of the row that the effect left. */
    static String markOf(Effect effect) {
        return effect.mark().lines().findFirst().orElse("");
    }

    /** What the row held that the effect replaced; empty when it was not kept. */
    static String before(Effect effect) {
        return effect.mark().substring(markOf(effect).length()).strip();
    }

    private ObjectNode tree(List<Column> some) {
        var tree = JsonNodeFactory.instance.objectNode();
        for (Column column : some) {
            var value = value(column);
            tree.set(column.name(), value == null ? null : column.form().tree(value));
        }
        return tree;
    }

    /**
     * A hash of the values, and behind it the names of columns that were written although the database would fill them.
     * Empty columns do not count, so that a column added later changes nothing.
     */
    String mark() {
        if (mark == null) {
            var filled =
                    columns.stream().filter(Column::filled).map(Column::name).collect(Collectors.joining(","));
            mark = filled.isEmpty() ? hash() : hash() + ":" + filled;
        }
        return mark;
    }

    private String hash() {
        var digest = Sha256.digest();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                var column = columns.get(i);
                var bytes = column.form().comparable(values[i]).getBytes(StandardCharsets.UTF_8);
                digest.update((column.name() + "=" + bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, MARK_BYTES);
    }
}
