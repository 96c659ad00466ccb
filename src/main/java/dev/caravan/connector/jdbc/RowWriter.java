package dev.caravan.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows on their way into one transaction: collected by statement, in the order in which the statements are first needed. */
final class RowWriter implements AutoCloseable {

    private final Dialect dialect;
    private final Connection connection;
    private final Map<Shape, Pending> pending = new LinkedHashMap<>();

    RowWriter(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    /** Rows of one shape go by one statement. */
    private record Shape(String table, List<String> key, Set<Column> columns) {
        private static Shape of(TableRow row) {
            return new Shape(row.table().name(), row.key(), row.values().keySet());
        }
    }

    private static final class Pending {
        private final PreparedStatement statement;
        private final Set<List<String>> keys = new HashSet<>();

        Pending(PreparedStatement statement) {
            this.statement = statement;
        }
    }

    void put(TableRow row) throws SQLException {
        var shape = Shape.of(row);
        var batch = pending.get(shape);
        if (batch == null) {
            batch = new Pending(connection.prepareStatement(sql(row)));
            pending.put(shape, batch);
        }
        // One statement must not touch a row twice, and drivers make one of many.
        if (!batch.keys.add(row.keyText())) {
            flush();
            batch.keys.add(row.keyText());
        }
        int index = 1;
        for (var value : row.values().entrySet()) {
            value.getKey().form().bind(dialect, batch.statement, index++, value.getValue());
        }
        batch.statement.addBatch();
    }

    private String sql(TableRow row) {
        var columns = row.values().keySet().stream().map(Column::quoted).toList();
        var key = row.keyColumns().stream().map(Column::quoted).toList();
        var others = columns.stream().filter(column -> !key.contains(column)).toList();
        return "INSERT INTO " + row.table().quoted() + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")" + dialect.onConflict(key, others);
    }

    /** Removes the rows of a table that have these values. */
    void remove(Table table, Map<Column, Object> within) throws SQLException {
        flush();
        var sql = "DELETE FROM " + table.quoted() + " WHERE "
                + within.keySet().stream()
                        .map(column -> column.quoted() + " = ?")
                        .collect(Collectors.joining(" AND "));
        try (var statement = connection.prepareStatement(sql)) {
            int index = 1;
            for (var value : within.entrySet()) {
                value.getKey().form().bind(dialect, statement, index++, value.getValue());
            }
            statement.executeUpdate();
        }
    }

    void flush() throws SQLException {
        for (Pending batch : pending.values()) {
            if (!batch.keys.isEmpty()) {
                batch.statement.executeBatch();
                batch.keys.clear();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (Pending batch : pending.values()) {
            batch.statement.close();
        }
    }
}
