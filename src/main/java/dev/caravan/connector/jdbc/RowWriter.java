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
    private final Map<String, List<Pending>> pending = new LinkedHashMap<>();
    private final Set<String> touched = new HashSet<>();

    RowWriter(Tables tables, Connection connection) {
        this.tables = tables;
        this.connection = connection;
    }

    /**
     * Rows of one table that go by one statement.
     *
     * @param copied instead of inserted
     */
    private record Pending(List<Column> key, List<Column> columns, boolean copied, List<TableRow> rows) {
        boolean takes(TableRow row, boolean asCopy) {
            return copied == asCopy && key.equals(row.key()) && columns.equals(row.columns());
        }
    }

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
        pending(row, isNew && !again && tables.copies(row.table())).add(row);
    }

    private List<TableRow> pending(TableRow row, boolean copied) {
        var ofTable = pending.computeIfAbsent(row.table().name(), first -> new ArrayList<>());
        for (Pending some : ofTable) {
            if (some.takes(row, copied)) {
                return some.rows();
            }
        }
        var more = new Pending(row.key(), row.columns(), copied, new ArrayList<>());
        ofTable.add(more);
        return more.rows();
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
            for (Pending some : ofTable) {
                if (!some.copied() || !copied(some.rows())) {
                    insert(some.rows());
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
                for (Column column : row.columns()) {
                    column.form().bind(tables.dialect(), statement, index, row.values()[index - 1]);
                    index++;
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private String sql(TableRow row) {
        var columns = row.columns().stream().map(Column::quoted).toList();
        var key = row.key().stream().map(Column::quoted).toList();
        var others = columns.stream().filter(column -> !key.contains(column)).toList();
        return "INSERT INTO " + row.table().quoted() + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")"
                + tables.dialect().onConflict(key, others);
    }
}
