package dev.caravan.ledger;

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
    private final Deque<Reader> idle = new ArrayDeque<>();
    private boolean closed;

    Readers(Database database, Failures failures) {
        this.database = database;
        this.failures = failures;
    }

    <T> List<T> list(String sql, Query.Bind bind, Query.Mapper<T> mapper) {
        Reader reader = null;
        try {
            reader = borrow();
            List<T> answer = Query.list(reader.statement(sql), bind, mapper);
            giveBack(reader);
            return answer;
        } catch (SQLException e) {
            dropAll(reader);
            throw failures.of(e);
        }
    }

    <T> Optional<T> first(String sql, Query.Bind bind, Query.Mapper<T> mapper) {
        return list(sql, bind, mapper).stream().findFirst();
    }

    /** Rows one by one, in constant memory; sees the ledger as it was when the cursor was opened. */
    <T> Cursor<T> stream(String sql, Query.Bind bind, Query.Mapper<T> mapper) {
        Reader reader = null;
        try {
            reader = borrow();
            var streaming = reader;
            database.startStreaming(reader.connection());
            var statement = reader.statement(sql);
            statement.setFetchSize(FETCH_ROWS);
            bind.to(new StatementParams(statement));
            return new Cursor<>(statement.executeQuery(), mapper, failures, () -> endStream(streaming));
        } catch (SQLException e) {
            dropAll(reader);
            throw failures.of(e);
        }
    }

    private void endStream(Reader reader) {
        try {
            database.endStreaming(reader.connection());
            giveBack(reader);
        } catch (SQLException e) {
            reader.close();
        }
    }

    private Reader borrow() throws SQLException {
        synchronized (idle) {
            if (closed) {
                throw new IllegalStateException("The ledger is closed");
            }
            var kept = idle.poll();
            if (kept != null) {
                return kept;
            }
        }
        return new Reader(database.reader());
    }

    private void giveBack(Reader reader) {
        synchronized (idle) {
            if (!closed) {
                idle.push(reader);
                return;
            }
        }
        reader.close();
    }

    /** A server that went away took the idle ones with it. */
    private void dropAll(Reader failed) {
        if (failed != null) {
            failed.close();
        }
        synchronized (idle) {
            idle.forEach(Reader::close);
            idle.clear();
        }
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.forEach(Reader::close);
            idle.clear();
        }
    }
}
