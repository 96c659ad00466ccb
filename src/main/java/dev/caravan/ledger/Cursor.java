package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Rows of the ledger one by one, in constant memory. For one thread; to be closed. */
public final class Cursor<T> implements Iterator<T>, AutoCloseable {

    private final ResultSet rows;
    private final Query.Mapper<T> mapper;
    private final Failures failures;
    private final Runnable after;
    private T next;
    private boolean closed;

    Cursor(ResultSet rows, Query.Mapper<T> mapper, Failures failures, Runnable after) {
        this.rows = rows;
        this.mapper = mapper;
        this.failures = failures;
        this.after = after;
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public T next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        var current = next;
        advance();
        return current;
    }

    private void advance() {
        try {
            next = !closed && rows.next() ? mapper.from(rows) : null;
        } catch (SQLException e) {
            close();
            throw failures.of(e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        next = null;
        try {
            rows.close();
        } catch (SQLException e) {
            throw failures.of(e);
        } finally {
            after.run();
        }
    }
}
