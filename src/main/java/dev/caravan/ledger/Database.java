package dev.caravan.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** What differs between the databases a ledger can live in. */
interface Database {

    /** For people: never with a password. */
    String name();

    /** Whether somebody made a ledger here already. Creates nothing. */
    boolean holdsLedger() throws SQLException;

    /** For reading and, in a ledger, for migrating. */
    DataSource migrations();

    /** The folder of migrations that only this database understands. */
    String vendor();

    /** Types of the migrations' placeholders. */
    Map<String, String> types();

    /** The schema the migrations work in, if the database has such. */
    Optional<String> schema();

    /** The one connection that writes. Its transactions are opened and ended by the methods below. */
    Connection writer() throws SQLException;

    /** In auto-commit mode; refuses to write. */
    Connection reader() throws SQLException;

    /**
     * The lock that tells whether a writer lives: it is free as soon as its holder's process or connection is gone.
     *
     * @return the connection that holds the lock until it is closed, or empty while somebody else holds it
     */
    Optional<Connection> lock() throws SQLException;

    /**
     * Whether the lock can be free while its holder lives, who then does not know: a server drops the lock with the
     * connection, an operating system with the process.
     */
    boolean losesLocks();

    /** Gives the lock back; when this returns another process can have it. */
    default void unlock(Connection lock) throws SQLException {
        lock.close();
    }

    /** Where the server is, if there is one. */
    default Optional<LedgerAddress.Postgresql> server() {
        return Optional.empty();
    }

    /** Lets a transaction that somebody else began on this database see the ledger's tables until it ends. */
    default void join(Connection open) throws SQLException {
        throw new UnsupportedOperationException("no server that others could use");
    }

    void begin(Connection writer) throws SQLException;

    void commit(Connection writer) throws SQLException;

    void rollback(Connection writer) throws SQLException;

    /** Makes a reader fetch a long answer piece by piece. */
    void startStreaming(Connection reader) throws SQLException;

    void endStreaming(Connection reader) throws SQLException;

    /** Whether people can mend this (disk full, connection lost), as opposed to a statement that can never work. */
    boolean isEnvironment(SQLException failure);

    static Database at(LedgerAddress address) {
        return address instanceof LedgerAddress.Sqlite sqlite
                ? new SqliteDatabase(sqlite)
                : new PostgresqlDatabase((LedgerAddress.Postgresql) address);
    }
}
