package dev.caravan.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/** A ledger in one SQLite file, in WAL mode with {@code synchronous=FULL}: durable when a commit returns. */
final class SqliteDatabase implements Database {

    private static final int BUSY_TIMEOUT_MS = 60_000;
    private static final int PAGE_BYTES = 8192;
    /** Pages of WAL before it is folded back: with SQLite's default of 1000 the folding costs a third of the speed. */
    private static final int WAL_PAGES = 4000;

    private static final Set<SQLiteErrorCode> ENVIRONMENT = Set.of(
            SQLiteErrorCode.SQLITE_FULL,
            SQLiteErrorCode.SQLITE_IOERR,
            SQLiteErrorCode.SQLITE_CANTOPEN,
            SQLiteErrorCode.SQLITE_READONLY,
            SQLiteErrorCode.SQLITE_PERM,
            SQLiteErrorCode.SQLITE_CORRUPT,
            SQLiteErrorCode.SQLITE_NOTADB,
            SQLiteErrorCode.SQLITE_BUSY,
            SQLiteErrorCode.SQLITE_LOCKED,
            SQLiteErrorCode.SQLITE_PROTOCOL,
            SQLiteErrorCode.SQLITE_NOMEM);

    private final Path file;

    SqliteDatabase(LedgerAddress.Sqlite address) {
        this.file = address.file().toAbsolutePath();
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public boolean holdsLedger() throws SQLException {
        if (!Files.exists(file)) {
            return false;
        }
        try (var connection = reader();
                var found = connection
                        .createStatement()
                        .executeQuery("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'lease'")) {
            return found.next();
        }
    }

    @Override
    public DataSource migrations() {
        return dataSource(file, false);
    }

    @Override
    public String vendor() {
        return "sqlite";
    }

    @Override
    public Map<String, String> types() {
        return Map.of(
                "text", "TEXT",
                "bytes", "BLOB",
                "sequence", "INTEGER PRIMARY KEY",
                "clustered", "WITHOUT ROWID");
    }

    @Override
    public Optional<String> schema() {
        return Optional.empty();
    }

    @Override
    public Connection writer() throws SQLException {
        var connection = dataSource(file, false).getConnection();
        execute(connection, "PRAGMA wal_autocheckpoint = " + WAL_PAGES);
        return connection;
    }

    @Override
    public Connection reader() throws SQLException {
        return dataSource(file, true).getConnection();
    }

    /**
     * An exclusive transaction, never ended, on an empty database beside the ledger: the operating system's file lock
     * held by SQLite, which knows the other connections of this process. (A Java FileLock would be lost as soon as
     * anybody in this process closed another channel to that file.)
     */
    @Override
    public Optional<Connection> lock() throws SQLException {
        var config = new SQLiteConfig();
        config.setBusyTimeout(0);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file + ".lock");
        var connection = source.getConnection();
        try {
            execute(connection, "BEGIN EXCLUSIVE");
            return Optional.of(connection);
        } catch (SQLException e) {
            connection.close();
            if (primaryCode(e) == SQLiteErrorCode.SQLITE_BUSY.code) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean losesLocks() {
        return false;
    }

    // The driver's own transactions begin the next one as soon as one ends, and so hold the write lock for ever.

    @Override
    public void begin(Connection writer) throws SQLException {
        execute(writer, "BEGIN IMMEDIATE");
    }

    @Override
    public void commit(Connection writer) throws SQLException {
        execute(writer, "COMMIT");
    }

    @Override
    public void rollback(Connection writer) throws SQLException {
        execute(writer, "ROLLBACK");
    }

    @Override
    public void startStreaming(Connection reader) {}

    @Override
    public void endStreaming(Connection reader) {}

    @Override
    public boolean isEnvironment(SQLException failure) {
        return ENVIRONMENT.stream().anyMatch(code -> code.code == primaryCode(failure));
    }

    /** Extended result codes carry the primary one in their low byte: https://www.sqlite.org/rescode.html. */
    private static int primaryCode(SQLException failure) {
        return failure.getErrorCode() & 0xff;
    }

    private static DataSource dataSource(Path file, boolean readOnly) {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.setReadOnly(readOnly);
        // Else the driver asks for them after every statement, and nobody wants them.
        config.setGetGeneratedKeys(false);
        if (!readOnly) {
            config.setPageSize(PAGE_BYTES);
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        }
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
