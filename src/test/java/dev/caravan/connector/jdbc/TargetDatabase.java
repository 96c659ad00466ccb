package dev.caravan.connector.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.caravan.TestMigration;
import dev.caravan.ledger.TestDatabase;

/** The databases every test of the sink runs on; a new one for each folder, the same for the same. */
public enum TargetDatabase {
    SQLITE {
        @Override
        Map<String, String> properties(Path folder) {
            return Map.of("url", "jdbc:sqlite:" + folder.resolve("target.db"));
        }
    },
    POSTGRESQL {
        @Override
        Map<String, String> properties(Path folder) {
            return Map.of(
                    "url",
                    TestDatabase.postgresql(),
                    "user",
                    "postgres",
                    "password",
                    "postgres",
                    "schema",
                    "j" + Integer.toHexString(folder.hashCode()));
        }
    };

    /** Of the Kamelet, in the operator's spelling. */
    abstract Map<String, String> properties(Path folder);

    public TestMigration target(TestMigration migration, Path folder) {
        properties(folder).forEach((key, value) -> migration.with("caravan.sink." + key, value));
        return migration.with("caravan.sink.kind", "jdbc").with("caravan.sink.create-tables", "true");
    }

    /** Rows as text, their columns joined by {@code |}. */
    List<String> rows(Path folder, String sql) {
        try (var connection = connect(folder);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                all.add(String.join("|", row));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The tables as they are there before the first run. */
    void createTables(Path folder) throws IOException {
        var script = Files.readAllLines(folder.resolve("routes/mappings/jdbc/tables.sql")).stream()
                .filter(line -> !line.startsWith("--"))
                .toList();
        for (String sql : String.join("\n", script).split(";")) {
            if (!sql.isBlank()) {
                execute(folder, sql);
            }
        }
    }

    int execute(Path folder, String sql) {
        try (var connection = connect(folder);
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect(Path folder) throws SQLException {
        var properties = properties(folder);
        var connection =
                DriverManager.getConnection(properties.get("url"), properties.get("user"), properties.get("password"));
        if (properties.containsKey("schema")) {
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + properties.get("schema"));
            }
            connection.setSchema(properties.get("schema"));
        }
        return connection;
    }
}
