package dev.caravan.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

import dev.caravan.model.Problem;

/**
 * What was read, where it went, what was refused: everything that decides "lost or doubled" is in here. One process
 * writes, any number read. For any number of threads.
 */
public final class Ledger implements AutoCloseable {

    private final Database database;
    private final Failures failures;
    private final Readers readers;
    private final Lease lease;
    private final Writer writer;
    private final Writes writes;
    private final Clock clock;
    private final DeadLetters deadLetters;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    private Ledger(Database database, Lease lease, Writer writer, Clock clock) {
        this.database = database;
        this.failures = new Failures(database);
        this.readers = new Readers(database, failures);
        this.lease = lease;
        this.writer = writer;
        this.writes = writer == null ? Writes.NONE : writer;
        this.clock = clock;
        this.deadLetters = new DeadLetters(readers, writes, clock);
    }

    /**
     * Opens a ledger for writing and reading, making it if there is none.
     *
     * @throws Problem CRV-301 while another process writes, 306 made by another version, 307 cannot be opened
     */
    public static Ledger open(LedgerAddress address) {
        return open(address, TransactionWatch.NONE);
    }

    /** The same. @param watch told of each transaction */
    public static Ledger open(LedgerAddress address, TransactionWatch watch) {
        var clock = Clock.systemUTC();
        var database = Database.at(address);
        Lease lease = null;
        try {
            lease = Lease.lock(database, clock);
            new Schema(database).bringUpToDate();
            lease.take();
            return new Ledger(database, lease, new Writer(database, new Failures(database), lease, watch), clock);
        } catch (SQLException e) {
            close(lease, e);
            throw new Failures(database).whileOpening(e);
        } catch (RuntimeException e) {
            close(lease, e);
            throw e;
        }
    }

    /**
     * Opens a ledger somebody made, for reading only; creates nothing, and needs no lease.
     *
     * @throws Problem CRV-303 when there is none, 306 made by another version, 307 cannot be opened
     */
    public static Ledger openReadOnly(LedgerAddress address) {
        var database = Database.at(address);
        try {
            if (!database.holdsLedger()) {
                throw new Problem("CRV-303", database.name());
            }
        } catch (SQLException e) {
            throw new Failures(database).whileOpening(e);
        }
        new Schema(database).check();
        return new Ledger(database, null, null, Clock.systemUTC());
    }

    /**
     * Leaves requests, at least one, for the process that writes, or for the next one; needs no lease.
     *
     * @return by what to ask for them, see {@link Requests#areDone}
     * @throws Problem CRV-303 when there is no ledger, 305 when disk or connection fail, 306 made by another version
     */
    public static Requests.Left leave(LedgerAddress address, List<Requests.Request> requests) {
        return withoutLease(address, transaction -> {
            var now = Instant.now();
            long first = Long.MAX_VALUE;
            long last = 0;
            for (var request : requests) {
                last = Requests.leave(transaction, request, now);
                first = Math.min(first, last);
            }
            return new Requests.Left(first, last);
        });
    }

    /**
     * Leaves an approval for the process that writes, or for the next one; needs no lease.
     *
     * @throws Problem CRV-303 when there is no ledger, 305 when disk or connection fail, 306 made by another version
     */
    public static void approve(LedgerAddress address, Approvals.Approval approval) {
        withoutLease(address, transaction -> {
            Approvals.leave(transaction, approval, Instant.now());
            return null;
        });
    }

    private static <T> T withoutLease(LedgerAddress address, Writes.Step<T> step) {
        openReadOnly(address).close();
        var database = Database.at(address);
        try (var connection = database.writer()) {
            database.begin(connection);
            var result = step.in(new Transaction(connection));
            database.commit(connection);
            return result;
        } catch (SQLException e) {
            throw new Failures(database).of(e);
        }
    }

    private static void close(Lease lease, Exception why) {
        if (lease != null) {
            try {
                lease.close();
            } catch (SQLException e) {
                why.addSuppressed(e);
            }
        }
    }

    public Runs runs() {
        return new Runs(readers, writes, clock);
    }

    public Checkpoints checkpoints() {
        return new Checkpoints(readers, writes);
    }

    public Records records() {
        return new Records(readers);
    }

    public Arrivals arrivals() {
        return new Arrivals(readers);
    }

    public Links links() {
        return new Links(readers);
    }

    public Conversations conversations() {
        return new Conversations(readers);
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    public Findings findings() {
        return new Findings(readers);
    }

    public Stage stage() {
        return new Stage(readers);
    }

    public Seals seals() {
        return new Seals(readers, writes, clock);
    }

    public Imports imports() {
        return new Imports(readers, writes);
    }

    public Journal journal() {
        return new Journal(readers, writes);
    }

    public Requests requests() {
        return new Requests(readers, writes, clock, deadLetters);
    }

    public Approvals approvals() {
        return new Approvals(readers, writes, clock);
    }

    public Inventory inventory() {
        return new Inventory(readers, writes, clock);
    }

    public Throughput throughput() {
        return new Throughput(readers, writes, clock);
    }

    public Lanes lanes() {
        return new Lanes(readers);
    }

    public AuditLog audit() {
        return AuditLog.of(database, clock);
    }

    public Verifications verifications() {
        return new Verifications(readers, writes, clock);
    }

    /**
     * Does something with a ledger that somebody else may close meanwhile; that waits until it is done.
     *
     * @return empty when the ledger is closed already, and nothing was done
     */
    public <T> Optional<T> whileOpen(Function<Ledger, T> deed) {
        use.readLock().lock();
        try {
            return closed ? Optional.empty() : Optional.of(deed.apply(this));
        } finally {
            use.readLock().unlock();
        }
    }

    /**
     * Whether it is certain that nobody else writes to a target meanwhile. False when this process has slept or cannot reach
     * the ledger; the next transaction tells what is true. Always true of a ledger that is only read.
     */
    public boolean isCertain() {
        return lease == null || lease.isCertain();
    }

    /** How long to wait, from the opening on, before a target is asked: a writer that was passed by may still write to it. */
    public Duration formerWritesFor() {
        return lease == null ? Duration.ZERO : lease.formerCertainFor();
    }

    /** The server that keeps it; empty of a ledger in a file. */
    public Optional<LedgerAddress.Postgresql> server() {
        return database.server();
    }

    /** Who writes, or wrote last. */
    public Lease.Holder holder() {
        return readers.first(Lease.HOLDER, Query.Bind.NOTHING, Lease::holder).orElseThrow();
    }

    /**
     * Stores what one batch leaves, all of it or nothing, and returns when it is durable. Called by several threads at
     * once, their commits share one transaction.
     *
     * @throws Problem CRV-302 when another process took the ledger over, 305 when disk or connection fail
     */
    public void commit(Commit commit) {
        commit(commit, null);
    }

    /**
     * The same within the transaction of a sink that wrote to this database: all of both, or nothing.
     *
     * @param joined open, and ended afterwards; null when there is none
     */
    public void commit(Commit commit, Connection joined) {
        var letters = new LetterCommit(clock);
        Writes.Step<Void> step = transaction -> {
            RecordWrites.write(transaction, commit.rows());
            Stage.write(transaction, commit.rows());
            Journal.write(transaction, commit.effects());
            Links.write(transaction, commit.links());
            letters.write(transaction, commit.run(), commit.refused());
            letters.settle(transaction, commit.run(), commit.replayed(), commit.refusedAgain());
            Findings.write(transaction, commit.run(), commit.lane(), commit.findings());
            Runs.count(transaction, commit.run(), commit.tally());
            Checkpoints.move(
                    transaction, commit.run(), commit.kind(), commit.lane(), commit.position(), commit.tally());
            return null;
        };
        if (joined == null) {
            writes.write(step);
        } else {
            writes.join(joined, step);
        }
        deadLetters.through(commit.replayed());
        deadLetters.through(commit.refusedAgain().keySet());
    }

    /** Before records are sent to a target that would hold them twice if they were sent twice (invariant 3). */
    public void intend(List<Row> rows) {
        writes.write(transaction -> {
            RecordWrites.write(transaction, rows);
            return null;
        });
    }

    /**
     * What a live target answered, before anything more of the batch is sent.
     *
     * @param putOff records that surely did not arrive: they are no longer about to be sent
     */
    public void answered(List<Row> rows, List<Done> effects, List<Row> putOff) {
        writes.write(transaction -> {
            RecordWrites.write(transaction, rows);
            RecordWrites.withdraw(transaction, putOff);
            Journal.write(transaction, effects);
            return null;
        });
    }

    /** Ends reading and writing and gives the lease back. Waits for a transaction under way. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            closed = true;
            closeAll();
        } finally {
            use.writeLock().unlock();
        }
    }

    private void closeAll() {
        readers.close();
        try {
            if (writer != null) {
                writer.close();
            }
            if (lease != null) {
                lease.close();
            }
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }
}
