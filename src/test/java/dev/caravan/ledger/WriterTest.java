package dev.caravan.ledger;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import dev.caravan.model.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class WriterTest extends LedgerContract {

    private Lease lease;
    private Writer writer;

    @BeforeEach
    void openWriter() throws SQLException {
        ledger.close();
        var database = Database.at(address());
        lease = Lease.lock(database, Clock.systemUTC());
        lease.take();
        writer = new Writer(database, new Failures(database), lease, TransactionWatch.NONE);
    }

    @AfterEach
    void closeWriter() throws SQLException {
        writer.close();
        lease.close();
    }

    @Test
    void what_waits_is_joined_in_one_transaction() throws Exception {
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        long before = transactions();
        var first = start(() -> writer.write(transaction -> {
            inside.countDown();
            return awaited(goOn);
        }));
        inside.await();
        var waiting = new ArrayList<Thread>();
        for (int i = 0; i < 4; i++) {
            int number = i;
            waiting.add(start(() -> writer.write(transaction -> segment(transaction, number, 1))));
        }
        await().until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        goOn.countDown();
        first.join();
        for (var thread : waiting) {
            thread.join();
        }

        // The first, the four together, and this question.
        assertThat(transactions()).isEqualTo(before + 3);
    }

    @Test
    void one_that_cannot_be_stored_fails_alone() throws Exception {
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var failure = new AtomicReference<RuntimeException>();
        var first = start(() -> writer.write(transaction -> {
            inside.countDown();
            return awaited(goOn);
        }));
        inside.await();
        var good = start(() -> writer.write(transaction -> segment(transaction, 1, 10)));
        var bad = start(() -> {
            try {
                writer.write(transaction -> {
                    segment(transaction, 2, 20);
                    return transaction.execute("INSERT INTO segment (number, length) VALUES (3, NULL)", p -> {});
                });
            } catch (RuntimeException e) {
                failure.set(e);
            }
        });
        var alsoGood = start(() -> writer.write(transaction -> segment(transaction, 4, 40)));
        await().until(() -> bad.getState() == Thread.State.WAITING
                && good.getState() == Thread.State.WAITING
                && alsoGood.getState() == Thread.State.WAITING);
        goOn.countDown();
        for (var thread : new Thread[] {first, good, bad, alsoGood}) {
            thread.join();
        }

        assertThat(failure.get()).isInstanceOf(IllegalStateException.class).hasCauseInstanceOf(SQLException.class);
        try (var reader = Ledger.openReadOnly(address())) {
            assertThat(reader.stage().segments()).containsOnlyKeys(1, 4);
        }
    }

    @Test
    void a_full_disk_is_the_operators_to_mend_and_writing_goes_on_afterwards() {
        Assumptions.assumeTrue(database == TestDatabase.SQLITE, "a limit of pages stands for the disk");
        limitPages("(SELECT page_count + 2 FROM pragma_page_count)");

        assertThatThrownBy(() -> writer.write(transaction -> {
                    for (int i = 0; i < 20_000; i++) {
                        segment(transaction, i, i);
                    }
                    return null;
                }))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-305")
                .hasMessageContaining("full");
        limitPages("1000000");
        writer.write(transaction -> segment(transaction, 5, 5));

        try (var reader = Ledger.openReadOnly(address())) {
            assertThat(reader.stage().segments()).containsOnlyKeys(5);
        }
    }

    private void limitPages(String pages) {
        writer.write(transaction -> {
            long limit = transaction
                    .first("SELECT " + pages, Query.Bind.NOTHING, row -> row.getLong(1))
                    .orElseThrow();
            return transaction.list("PRAGMA max_page_count = " + limit, Query.Bind.NOTHING, row -> row.getLong(1));
        });
    }

    private long transactions() {
        return writer.write(transaction -> transaction
                .first("SELECT transactions FROM lease", Query.Bind.NOTHING, row -> row.getLong(1))
                .orElseThrow());
    }

    private static int segment(Transaction transaction, int number, long length) throws SQLException {
        return transaction.execute("INSERT INTO segment (number, length) VALUES (?, ?)", p -> p.number(number)
                .number(length));
    }

    private static Void awaited(CountDownLatch latch) {
        try {
            latch.await();
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Thread start(Runnable task) {
        var thread = new Thread(task);
        thread.start();
        return thread;
    }
}
