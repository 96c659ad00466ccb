package dev.caravan.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** The databases every test of the ledger runs on. */
public enum TestDatabase {
    SQLITE {
        @Override
        public LedgerAddress in(Path folder) {
            return LedgerAddress.sqlite(folder.resolve("ledger.db"));
        }

        @Override
        public void takeLockAway(LedgerAddress address) throws IOException {
            Files.delete(Path.of(((LedgerAddress.Sqlite) address).file() + ".lock"));
        }

        @Override
        public boolean takesWrites(LedgerAddress address) {
            var url = "jdbc:sqlite:" + ((LedgerAddress.Sqlite) address).file() + "?busy_timeout=500";
            try (var connection = DriverManager.getConnection(url);
                    var statement = connection.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                statement.execute("ROLLBACK");
                return true;
            } catch (SQLException held) {
                return false;
            }
        }
    },
    POSTGRESQL {
        /** One server for all tests, ended with the process; a schema of its own for each folder. */
        @Override
        public LedgerAddress in(Path folder) {
            var schema = "t" + Integer.toHexString(folder.hashCode());
            return LedgerAddress.postgresql(postgresql(), "postgres", "postgres", schema);
        }

        @Override
        public void takeLockAway(LedgerAddress address) throws SQLException {
            var schema = ((LedgerAddress.Postgresql) address).schema();
            // Whoever sleeps within a transaction holds rows of the lease as well.
            end("SELECT pg_terminate_backend(pid, 10000) FROM (SELECT pid FROM pg_locks WHERE locktype = 'advisory'"
                    + " AND (classid::bigint << 32 | objid::bigint) = " + PostgresqlDatabase.lockKey(schema)
                    + " UNION SELECT pid FROM pg_locks JOIN pg_class c ON c.oid = relation"
                    + " WHERE relnamespace = '" + schema + "'::regnamespace) holders");
        }
    };

    /** The database of the one server, also for targets; user and password are {@code postgres}. */
    public static String postgresql() {
        return Server.RUNNING.getJdbcUrl("postgres", "postgres");
    }

    /** A new ledger for each folder, the same for the same. */
    public abstract LedgerAddress in(Path folder);

    /** As when the holder was paused for long: somebody else can take the lease while it still believes in it. */
    public abstract void takeLockAway(LedgerAddress address) throws IOException, SQLException;

    /** False while somebody sleeps within a transaction whose locks nobody can take away. */
    public boolean takesWrites(LedgerAddress address) {
        return true;
    }

    /** As when the database server was restarted. */
    static void endAllConnections() throws SQLException {
        end("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'caravan'");
    }

    private static void end(String sql) throws SQLException {
        try (var connection = Server.RUNNING.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static final class Server {
        private static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
