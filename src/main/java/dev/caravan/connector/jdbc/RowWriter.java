package dev.caravan.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows on their way into one transaction: collected by statement, in the order in which their tables are first needed. */
final class RowWriter {

    private final Tables tables;
    private final Connection connection;
    private final Map<String, Map<Shape, List<TableRow>>> pending = new LinkedHashMap<>();
    private final Set<String> touched = new HashSet<>();

    RowWriter(Tables tables, Connection connection) {
        this.tables = tables;
        this.connection = connection;
    }

    /**
     * Rows of one table and shape go by one statement.
     *
     * @param copied instead of inserted
     */
    private record Shape(List<String> key, Set<Column> columns, boolean copied) {}

    /**
     * A row that is there already is replaced.
     *
     * @param isNew whether it is not there, as far as anybody knows
     */
    void write(TableRow row, boolean isNew) throws SQLException {
        // One statement must not touch a row twice, and drivers make one of many.
        boolean again = !touched.add(row.reference());
        if (again) {
            flush();
            touched.add(row.reference());
        }
        var shape = new Shape(row.key(), row.values().keySet(), isNew && !again && tables.copies(row.table()));
        pending.computeIfAbsent(row.table().name(), first -> new LinkedHashMap<>())
                .computeIfAbsent(shape, first -> new ArrayList<>())
                .add(row);
    }

    /** Removes the rows of a table that have these values. */
    void remove(Table table, Map<Column, Object> within) throws SQLException {
        flush();
        var sql = "DELETE FROM " + table.quoted() + " WHERE " + Table.equal(within.keySet());
        try (var statement = connection.prepareStatement(sql)) {
            int index = 1;
            for (var value : within.entrySet()) {
                value.getKey().form().bind(tables.dialect(), statement, index++, value.getValue());
            }
            statement.executeUpdate();
        }
    }

    void flush() throws SQLException {
        for (var ofTable : pending.values()) {
            for (var some : ofTable.entrySet()) {
                if (!some.getKey().copied() || !copied(some.getValue())) {
                    insert(some.getValue());
                }
            }
        }
        pending.clear();
        touched.clear();
    }

    /** False when the database wants to be asked otherwise. */
    private boolean copied(List<TableRow> rows) throws SQLException {
        var before = connection.setSavepoint();
        try {
            CopiedText.copy(connection, rows);
        } catch (SQLException e) {
            if (!JdbcFailure.isOfCopy(e)) {
                throw e;
            }
            connection.rollback(before);
            tables.copyNoMore(rows.get(0).table());
            return false;
        }
        connection.releaseSavepoint(before);
        return true;
    }

    private void insert(List<TableRow> rows) throws SQLException {
        try (var statement = connection.prepareStatement(sql(rows.get(0)))) {
            for (TableRow row : rows) {
                int index = 1;
                for (var value : row.values().entrySet()) {
                    value.getKey().form().bind(tables.dialect(), statement, index++, value.getValue());
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private String sql(TableRow row) {
        var columns = row.values().keySet().stream().map(Column::quoted).toList();
        var key = row.keyColumns().stream().map(Column::quoted).toList();
        var others = columns.stream().filter(column -> !key.contains(column)).toList();
        return "INSERT INTO " + row.table().quoted() + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")"
                + tables.dialect().onConflict(key, others);
    }
}
