package dev.caravan.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Connections that only read. Each is used by one thread at a time and kept for the next. */
final class Readers implements AutoCloseable {

    private static final int FETCH_ROWS = 1000;

    private final Database database;
    private final Failures failures;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    Readers(Database database, Failures failures) {
        this.database = database;
        this.failures = failures;
    }

    <T> List<T> list(String sql, Query.Bind bind, Query.Mapper<T> mapper) {
        Connection connection = null;
        try {
            connection = borrow();
            List<T> answer;
            try (var statement = connection.prepareStatement(sql)) {
                answer = Query.list(statement, bind, mapper);
            }
            giveBack(connection);
            return answer;
        } catch (SQLException e) {
            dropAll(connection);
            throw failures.of(e);
        }
    }

    <T> Optional<T> first(String sql, Query.Bind bind, Query.Mapper<T> mapper) {
        return list(sql, bind, mapper).stream().findFirst();
    }

    /** Rows one by one, in constant memory; sees the ledger as it was when the cursor was opened. */
    <T> Cursor<T> stream(String sql, Query.Bind bind, Query.Mapper<T> mapper) {
        Connection connection = null;
        try {
            connection = borrow();
            database.startStreaming(connection);
            var statement = connection.prepareStatement(sql);
            statement.setFetchSize(FETCH_ROWS);
            bind.to(new Params(statement));
            return new Cursor<>(statement.executeQuery(), mapper, failures, this::endStream);
        } catch (SQLException e) {
            dropAll(connection);
            throw failures.of(e);
        }
    }

    private void endStream(Connection connection) {
        try {
            database.endStreaming(connection);
            giveBack(connection);
        } catch (SQLException e) {
            drop(connection);
        }
    }

    private Connection borrow() throws SQLException {
        synchronized (idle) {
            if (closed) {
                throw new IllegalStateException("The ledger is closed");
            }
            var kept = idle.poll();
            if (kept != null) {
                return kept;
            }
        }
        return database.reader();
    }

    private void giveBack(Connection connection) {
        synchronized (idle) {
            if (!closed) {
                idle.push(connection);
                return;
            }
        }
        drop(connection);
    }

    /** One that failed; its closing may fail, too, and tells nothing new. */
    private static void drop(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It is gone either way.
            }
        }
    }

    /** A server that went away took the idle ones with it. */
    private void dropAll(Connection failed) {
        drop(failed);
        synchronized (idle) {
            idle.forEach(Readers::drop);
            idle.clear();
        }
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.forEach(Readers::drop);
            idle.clear();
        }
    }
}
