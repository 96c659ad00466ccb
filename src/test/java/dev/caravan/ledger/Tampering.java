package dev.caravan.ledger;

import java.sql.SQLException;

/** Changes a ledger behind the back of everybody who uses it. */
public final class Tampering {

    private Tampering() {}

    public static void execute(LedgerAddress address, String sql) {
        var database = Database.at(address);
        try (var connection = database.writer()) {
            database.begin(connection);
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
            database.commit(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
