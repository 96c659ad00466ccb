package dev.caravan.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.postgresql.PGConnection;

/** The writing connection as the tables see it: statements, prepared once and kept. */
final class Transaction {

    /** One statement of many rows costs SQLite a third less than as many of one row; more gains nothing. */
    private static final int ROWS_PER_STATEMENT = 100;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Transaction(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** SQLite's driver closes a statement that failed; so after a failure none is used again. */
    void forgetStatements() {
        for (var statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                // Closed already, or closed with its connection.
            }
        }
        prepared.clear();
    }

    /** The values of one row, in the order of its columns. */
    interface Values<T> {
        void to(Params params, T row) throws SQLException;
    }

    int execute(String sql, Query.Bind bind) throws SQLException {
        var statement = statement(sql);
        bind.to(new StatementParams(statement));
        return statement.executeUpdate();
    }

    /** Whether rows that are surely not there yet have a cheaper way than INSERT. */
    boolean copies() throws SQLException {
        return connection.isWrapperFor(PGConnection.class);
    }

    /**
     * Many rows at once, none of which is there yet.
     *
     * @param columns their names, with commas between
     */
    <T> void append(String table, String columns, Collection<T> rows, Values<T> values) throws SQLException {
        if (!copies()) {
            insert(table, columns, "", rows, values);
        } else if (!rows.isEmpty()) {
            var copied = new CopiedRows(number(columns));
            for (T row : rows) {
                values.to(copied.row(), row);
            }
            copied.to(
                    connection.unwrap(PGConnection.class),
                    "COPY " + table + " (" + columns + ") FROM STDIN (FORMAT binary)");
        }
    }

    /**
     * Many rows at once.
     *
     * @param columns their names, with commas between
     * @param tail what follows the values: empty, or {@code ON CONFLICT ...}
     */
    <T> void insert(String table, String columns, String tail, Collection<T> rows, Values<T> values)
            throws SQLException {
        var into = "INSERT INTO " + table + " (" + columns + ")";
        var one = "(" + String.join(", ", Collections.nCopies(number(columns), "?")) + ")";
        var left = rows.iterator();
        int many = rows.size() / ROWS_PER_STATEMENT;
        if (many > 0) {
            var tuples = String.join(", ", Collections.nCopies(ROWS_PER_STATEMENT, one));
            var statement = statement(into + " VALUES " + tuples + " " + tail);
            for (int i = 0; i < many; i++) {
                var params = new StatementParams(statement);
                for (int row = 0; row < ROWS_PER_STATEMENT; row++) {
                    values.to(params, left.next());
                }
                statement.executeUpdate();
            }
        }
        if (left.hasNext()) {
            var statement = statement(into + " VALUES " + one + " " + tail);
            statement.clearBatch();
            while (left.hasNext()) {
                values.to(new StatementParams(statement), left.next());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static int number(String columns) {
        return columns.split(",").length;
    }

    <T> List<T> list(String sql, Query.Bind bind, Query.Mapper<T> mapper) throws SQLException {
        return Query.list(statement(sql), bind, mapper);
    }

    <T> Optional<T> first(String sql, Query.Bind bind, Query.Mapper<T> mapper) throws SQLException {
        return list(sql, bind, mapper).stream().findFirst();
    }

    private PreparedStatement statement(String sql) throws SQLException {
        var known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }
}
