package dev.caravan.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A connection that only reads, with its latest statements: small lanes ask the same few questions again and again. */
final class Reader {

    /** More than the road, a seal or a verification needs; lists of varying length would make ever new ones. */
    private static final int KEPT = 32;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>(KEPT, 0.75f, true);

    Reader(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Its rows are to be closed before it is asked for again. */
    PreparedStatement statement(String sql) throws SQLException {
        var known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
            closeEldest();
        }
        return known;
    }

    private void closeEldest() throws SQLException {
        if (prepared.size() > KEPT) {
            var eldest = prepared.values().iterator();
            eldest.next().close();
            eldest.remove();
        }
    }

    /** Its closing may fail after a failure, too, and tells nothing new. */
    void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is gone either way.
        }
    }
}
