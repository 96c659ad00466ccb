package dev.caravan.connector.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.caravan.model.Problem;

/** Where databases differ in what this connector asks of them. */
enum Dialect {
    /** @see <a href="https://www.postgresql.org/docs/current/sql-insert.html">INSERT ... ON CONFLICT</a> */
    POSTGRESQL(Map.of("reWriteBatchedInserts", "true", "logServerErrorDetail", "false", "tcpKeepAlive", "true"), 16) {
        @Override
        String inByteOrder(String column) {
            return column + " COLLATE \"C\"";
        }

        @Override
        String forUpdate() {
            return " FOR UPDATE";
        }
    },
    /** One connection: the file takes one writer at a time. */
    SQLITE(Map.of("busy_timeout", "10000"), 1) {
        @Override
        boolean timesAreText() {
            return true;
        }
    },
    /** @see <a href="https://mariadb.com/kb/en/insert-on-duplicate-key-update/">INSERT ... ON DUPLICATE KEY UPDATE</a> */
    MARIADB(Map.of("rewriteBatchedStatements", "true", "useBulkStmts", "false"), 16) {
        @Override
        String onConflict(Collection<String> key, Collection<String> others) {
            var set = others.isEmpty() ? List.copyOf(key).subList(0, 1) : others;
            return " ON DUPLICATE KEY UPDATE "
                    + set.stream().map(name -> name + " = VALUES(" + name + ")").collect(Collectors.joining(", "));
        }

        @Override
        String forUpdate() {
            return " FOR UPDATE";
        }
    };

    private final Map<String, String> connectionProperties;
    private final int connections;

    Dialect(Map<String, String> connectionProperties, int connections) {
        this.connectionProperties = connectionProperties;
        this.connections = connections;
    }

    /** @throws Problem CRV-461 for a database nobody tried this with */
    static Dialect of(Connection connection) throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        return switch (about.getDatabaseProductName()) {
            case "PostgreSQL" -> POSTGRESQL;
            case "SQLite" -> SQLITE;
            case "MariaDB", "MySQL" -> MARIADB;
            default -> throw new Problem("CRV-461", about.getDatabaseProductName());
        };
    }

    /** A guess from the address, for what has to be known before there is a connection. */
    static Dialect ofUrl(String url) {
        return url.startsWith("jdbc:sqlite") ? SQLITE : url.startsWith("jdbc:postgresql") ? POSTGRESQL : MARIADB;
    }

    Map<String, String> connectionProperties() {
        return connectionProperties;
    }

    /** Most connections at once. */
    int connections() {
        return connections;
    }

    /**
     * The end of an INSERT that replaces the row that has this key.
     *
     * @param key and others: quoted names
     */
    String onConflict(Collection<String> key, Collection<String> others) {
        var set = others.stream().map(name -> name + " = excluded." + name).collect(Collectors.joining(", "));
        return " ON CONFLICT (" + String.join(", ", key) + ") DO "
                + (others.isEmpty() ? "NOTHING" : "UPDATE SET " + set);
    }

    /** A text column, to be sorted as Java sorts text. */
    String inByteOrder(String column) {
        return column;
    }

    /** The end of a SELECT after which nobody else changes the row. */
    String forUpdate() {
        return "";
    }

    /** Whether times have no type of their own and are written as ISO 8601. */
    boolean timesAreText() {
        return false;
    }
}
