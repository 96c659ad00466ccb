package dev.caravan.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Finds a row by its key. */
final class RowLookUp {

    private final Dialect dialect;
    private final Connection connection;

    RowLookUp(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    /**
     * The row that has the same key, with the same columns; nobody else can change it before the transaction ends.
     *
     * @param key in the order of the columns
     */
    Optional<TableRow> find(Table table, Map<Column, Object> key, Collection<Column> columns) throws SQLException {
        var sql = "SELECT * FROM " + table.quoted() + " WHERE " + Table.equal(key.keySet()) + dialect.forUpdate();
        try (var query = connection.prepareStatement(sql)) {
            int index = 1;
            for (var value : key.entrySet()) {
                value.getKey().form().bind(dialect, query, index++, value.getValue());
            }
            try (var found = query.executeQuery()) {
                var names = key.keySet().stream().map(Column::name).toList();
                return found.next()
                        ? Optional.of(TableRow.read(dialect, table, names, columns, found))
                        : Optional.empty();
            }
        }
    }
}
