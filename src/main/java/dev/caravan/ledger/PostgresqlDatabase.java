package dev.caravan.ledger;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

import dev.caravan.model.Problem;
import dev.caravan.model.Sha256;
import org.postgresql.ds.PGSimpleDataSource;

/** A ledger in a schema of its own in a PostgreSQL database. */
final class PostgresqlDatabase implements Database {

    /** Classes of SQLSTATE (PostgreSQL manual, appendix A): connection, resources, operator, system, login, no database. */
    private static final Set<String> ENVIRONMENT =
            Set.of("08", "53", "57", "58", "28", "3D", "25", "42501", "55", "40");

    private final LedgerAddress.Postgresql address;

    PostgresqlDatabase(LedgerAddress.Postgresql address) {
        if (!address.schema().matches("[a-z_][a-z0-9_]{0,62}")) {
            throw new Problem("CRV-308", address.schema());
        }
        this.address = address;
    }

    @Override
    public String name() {
        return address.toString();
    }

    @Override
    public boolean holdsLedger() throws SQLException {
        try (var connection = reader();
                var query = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            query.setString(1, address.schema() + ".lease");
            try (var found = query.executeQuery()) {
                return found.next() && found.getBoolean(1);
            }
        }
    }

    @Override
    public DataSource migrations() {
        return dataSource();
    }

    @Override
    public String vendor() {
        return "postgresql";
    }

    @Override
    public Map<String, String> types() {
        return Map.of(
                "text", "TEXT COLLATE \"C\"",
                "bytes", "BYTEA",
                "sequence", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                "clustered", "");
    }

    @Override
    public Optional<String> schema() {
        return Optional.of(address.schema());
    }

    /** A server may be set to answer before it is durable; this connection then asks for the plain promise. */
    @Override
    public Connection writer() throws SQLException {
        var connection = dataSource().getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit')"
                    + " WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)");
        }
        connection.commit();
        return connection;
    }

    @Override
    public Connection reader() throws SQLException {
        var connection = dataSource().getConnection();
        connection.setReadOnly(true);
        return connection;
    }

    /** An advisory lock of the session; such locks are local to the database. */
    @Override
    public Optional<Connection> lock() throws SQLException {
        var connection = dataSource().getConnection();
        try (var query = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            query.setLong(1, lockKey(address.schema()));
            try (var answer = query.executeQuery()) {
                answer.next();
                if (answer.getBoolean(1)) {
                    return Optional.of(connection);
                }
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return Optional.empty();
    }

    /** Closing alone would not do: the server takes a moment to notice that a session has ended. */
    @Override
    public void unlock(Connection lock) throws SQLException {
        try (lock;
                var statement = lock.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock_all()");
        } catch (SQLException e) {
            // A session that is gone holds no lock, and closing ends any other.
        }
    }

    @Override
    public boolean losesLocks() {
        return true;
    }

    @Override
    public void begin(Connection writer) {
        // The driver begins with the first statement.
    }

    @Override
    public Optional<LedgerAddress.Postgresql> server() {
        return Optional.of(address);
    }

    @Override
    public void join(Connection open) throws SQLException {
        try (var statement = open.createStatement()) {
            statement.execute("SET LOCAL search_path TO " + address.schema());
        }
    }

    @Override
    public void commit(Connection writer) throws SQLException {
        writer.commit();
    }

    @Override
    public void rollback(Connection writer) throws SQLException {
        writer.rollback();
    }

    /** The driver streams only inside a transaction; otherwise it holds the whole answer in memory. */
    @Override
    public void startStreaming(Connection reader) throws SQLException {
        reader.setAutoCommit(false);
    }

    @Override
    public void endStreaming(Connection reader) throws SQLException {
        reader.rollback();
        reader.setAutoCommit(true);
    }

    @Override
    public boolean isEnvironment(SQLException failure) {
        var state = failure.getSQLState();
        return state == null
                || ENVIRONMENT.contains(state)
                || state.length() == 5 && ENVIRONMENT.contains(state.substring(0, 2));
    }

    static long lockKey(String schema) {
        return ByteBuffer.wrap(Sha256.of("caravan ledger " + schema)).getLong();
    }

    private DataSource dataSource() {
        var source = new PGSimpleDataSource();
        try {
            source.setUrl(address.jdbcUrl());
        } catch (IllegalArgumentException e) {
            throw new Problem(e, "CRV-309", address.toString());
        }
        source.setUser(address.user());
        source.setPassword(address.password());
        source.setCurrentSchema(address.schema());
        source.setReWriteBatchedInserts(true);
        source.setTcpKeepAlive(true);
        // Else error messages quote the values of the row, which may be text of a message.
        source.setLogServerErrorDetail(false);
        source.setApplicationName("caravan");
        return source;
    }
}
