package dev.caravan.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The writing connection as the tables see it: statements, prepared once and kept. */
final class Transaction {

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Transaction(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** What one of {@link #batch}'s rows is: its values, then {@link Params#row()}. */
    interface Rows {
        void to(Params params) throws SQLException;
    }

    int execute(String sql, Query.Bind bind) throws SQLException {
        var statement = statement(sql);
        bind.to(new Params(statement));
        return statement.executeUpdate();
    }

    void batch(String sql, Rows rows) throws SQLException {
        var statement = statement(sql);
        statement.clearBatch();
        rows.to(new Params(statement));
        statement.executeBatch();
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
