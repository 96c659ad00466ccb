package dev.caravan.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one writing connection (invariant 3 starts here). Steps that wait while a transaction is under way are joined in
 * the next one, so that many lanes share one forcing of the disk; whoever gets the turn does the work of all. When the
 * joined transaction fails, each step is tried alone, so that a bad one fails only itself.
 */
final class Writer implements Writes, AutoCloseable {

    private static final int ALIVE_WITHIN_S = 10;
    private static final int TRIES = 10;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final Database database;
    private final Failures failures;
    private final Lease lease;
    private final TransactionWatch watch;
    private final ReentrantLock turn = new ReentrantLock();
    private final Queue<Work<?>> waiting = new ConcurrentLinkedQueue<>();
    private Transaction transaction;
    private boolean lost;
    private RuntimeException broken;

    Writer(Database database, Failures failures, Lease lease, TransactionWatch watch) throws SQLException {
        this.database = database;
        this.failures = failures;
        this.lease = lease;
        this.watch = watch;
        this.transaction = new Transaction(database.writer());
    }

    @Override
    public <T> T write(Step<T> step) {
        var work = new Work<>(step);
        waiting.add(work);
        turn.lock();
        try {
            if (!work.isSettled()) {
                runWaiting();
            }
        } finally {
            turn.unlock();
        }
        return work.result();
    }

    @Override
    public <T> T join(Connection open, Step<T> step) {
        turn.lock();
        var joined = new Transaction(open);
        try {
            if (broken != null) {
                throw broken;
            }
            long began = System.nanoTime();
            database.join(open);
            long number = lease.check(joined);
            var value = step.in(joined);
            commit(open, number);
            watch.committed(Duration.ofNanos(System.nanoTime() - began));
            return value;
        } catch (SQLException e) {
            throw failures.of(e);
        } finally {
            joined.forgetStatements();
            turn.unlock();
        }
    }

    private void runWaiting() {
        var all = new ArrayList<Work<?>>();
        for (var work = waiting.poll(); work != null; work = waiting.poll()) {
            all.add(work);
        }
        try {
            attempt(all);
        } catch (SQLException | RuntimeException joined) {
            for (var work : all) {
                try {
                    // Alone it already was: what failed was this.
                    if (all.size() == 1) {
                        work.fail(explained(joined));
                    } else {
                        attempt(List.of(work));
                    }
                } catch (SQLException | RuntimeException alone) {
                    work.fail(explained(alone));
                }
            }
        }
    }

    private void attempt(List<Work<?>> all) throws SQLException {
        if (broken != null) {
            throw broken;
        }
        long began = System.nanoTime();
        boolean committed = false;
        try {
            long number = begin();
            for (var work : all) {
                work.run(transaction);
            }
            commit(transaction.connection(), number);
            committed = true;
        } finally {
            if (!committed) {
                rollback();
            }
        }
        all.forEach(Work::succeed);
        watch.committed(Duration.ofNanos(System.nanoTime() - began));
    }

    private void commit(Connection open, long number) throws SQLException {
        try {
            database.commit(open);
        } catch (SQLException e) {
            rollback(open);
            rollback();
            if (!wasCommitted(number, e)) {
                throw e;
            }
        }
    }

    private long begin() throws SQLException {
        if (lost) {
            lease.renewLock();
            transaction = new Transaction(database.writer());
            lost = false;
        }
        database.begin(transaction.connection());
        return lease.check(transaction);
    }

    /**
     * Whether a transaction is there although its commit failed: the answer may have been lost on the way. Waits for
     * the end of that transaction, if the server is still at it, because both change the lease's row. While this cannot
     * be found out nothing more is written: doing the same again might count it twice.
     */
    private boolean wasCommitted(long number, SQLException why) {
        for (int tries = 1; ; tries++) {
            try {
                long next = begin();
                rollback();
                return next == number + 1;
            } catch (SQLException e) {
                rollback();
                if (tries == TRIES) {
                    broken = failures.of(why);
                    throw broken;
                }
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }

    private void rollback() {
        if (lost) {
            return;
        }
        transaction.forgetStatements();
        rollback(transaction.connection());
        try {
            if (!transaction.connection().isValid(ALIVE_WITHIN_S)) {
                lost = true;
                transaction.connection().close();
            }
        } catch (SQLException e) {
            lost = true;
        }
    }

    private void rollback(Connection open) {
        try {
            database.rollback(open);
        } catch (SQLException e) {
            // A failed commit may have ended it before; what matters is whether the connection still works.
        }
    }

    private RuntimeException explained(Exception failure) {
        return failure instanceof SQLException sql ? failures.of(sql) : (RuntimeException) failure;
    }

    @Override
    public void close() throws SQLException {
        turn.lock();
        try {
            broken = new IllegalStateException("The ledger is closed");
            transaction.connection().close();
        } finally {
            turn.unlock();
        }
    }

    /** A step and what became of it. Touched only by the thread that has the turn, and by its own after that. */
    private static final class Work<T> {
        private final Step<T> step;
        private T value;
        private RuntimeException failure;
        private boolean settled;

        Work(Step<T> step) {
            this.step = step;
        }

        void run(Transaction transaction) throws SQLException {
            value = step.in(transaction);
        }

        void succeed() {
            settled = true;
        }

        void fail(RuntimeException why) {
            failure = why;
            settled = true;
        }

        boolean isSettled() {
            return settled;
        }

        T result() {
            if (failure != null) {
                throw failure;
            }
            if (!settled) {
                throw new IllegalStateException("The thread that did this work broke down");
            }
            return value;
        }
    }
}
