package dev.caravan.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds rows by their keys; nobody else can change them before the transaction ends. */
final class RowLookUp {

    private static final int AT_ONCE = 200;

    private final Dialect dialect;
    private final Connection connection;

    RowLookUp(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    /**
     * The row that has the same key, with the same columns.
     *
     * @param key in the order of the columns
     */
    Optional<TableRow> find(Table table, Map<Column, Object> key, List<Column> columns) throws SQLException {
        var sql = "SELECT * FROM " + table.quoted() + " WHERE " + Table.equal(key.keySet()) + dialect.forUpdate();
        try (var query = connection.prepareStatement(sql)) {
            int index = 1;
            for (var value : key.entrySet()) {
                value.getKey().form().bind(dialect, query, index++, value.getValue());
            }
            try (var found = query.executeQuery()) {
                return found.next()
                        ? Optional.of(TableRow.read(dialect, table, List.copyOf(key.keySet()), columns, found))
                        : Optional.empty();
            }
        }
    }

    /** Those of the rows whose keys are there already, as they stand there with the same columns, by {@link TableRow#reference}. */
    Map<String, TableRow> there(List<TableRow> rows) throws SQLException {
        var byTable = new LinkedHashMap<List<Object>, List<TableRow>>();
        rows.forEach(row -> byTable.computeIfAbsent(List.of(row.table().name(), row.key()), table -> new ArrayList<>())
                .add(row));
        var there = new HashMap<String, TableRow>();
        for (var some : byTable.values()) {
            for (int from = 0; from < some.size(); from += AT_ONCE) {
                there(some.subList(from, Math.min(some.size(), from + AT_ONCE)), there);
            }
        }
        return there;
    }

    /** @param rows of one table, with one key */
    private void there(List<TableRow> rows, Map<String, TableRow> there) throws SQLException {
        var table = rows.get(0).table();
        var key = rows.get(0).key();
        var wanted = new HashMap<List<String>, TableRow>();
        rows.forEach(row -> wanted.put(row.keyText(), row));
        var sql = "SELECT * FROM " + table.quoted() + " WHERE " + anyOf(key, rows.size()) + dialect.forUpdate();
        try (var query = connection.prepareStatement(sql)) {
            bind(query, rows, key);
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    var row = wanted.get(keyText(rows.get(0), key, found));
                    if (row != null) {
                        there.put(row.reference(), TableRow.read(dialect, table, row.key(), row.columns(), found));
                    }
                }
            }
        }
    }

    private List<String> keyText(TableRow like, List<Column> key, ResultSet found) throws SQLException {
        return TableRow.read(dialect, like.table(), key, key, found).keyText();
    }

    private static String anyOf(List<Column> key, int rows) {
        return key.size() == 1
                ? key.get(0).quoted() + " IN (" + String.join(", ", Collections.nCopies(rows, "?")) + ")"
                : String.join(" OR ", Collections.nCopies(rows, "(" + Table.equal(key) + ")"));
    }

    private void bind(PreparedStatement query, List<TableRow> rows, List<Column> key) throws SQLException {
        int index = 1;
        for (var row : rows) {
            for (var column : key) {
                column.form().bind(dialect, query, index++, row.value(column));
            }
        }
    }
}
