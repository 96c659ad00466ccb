package dev.caravan.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** How a question is asked and its answer read. */
final class Query {

    private Query() {}

    interface Bind {
        Bind NOTHING = params -> {};

        void to(Params params) throws SQLException;
    }

    interface Mapper<T> {
        T from(ResultSet row) throws SQLException;
    }

    static <T> List<T> list(PreparedStatement statement, Bind bind, Mapper<T> mapper) throws SQLException {
        bind.to(new StatementParams(statement));
        var all = new ArrayList<T>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                all.add(mapper.from(rows));
            }
        }
        return all;
    }

    static Long nullableLong(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
