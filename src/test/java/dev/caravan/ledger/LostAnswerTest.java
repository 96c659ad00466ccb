package dev.caravan.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

import dev.caravan.model.Tally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A commit that fails may have happened all the same; what it counts must be there once. */
class LostAnswerTest extends LedgerContract {

    private enum Fault {
        NONE,
        BEFORE,
        AFTER,
        AFTER_AND_CUT
    }

    private Lease lease;
    private Writer writer;
    private Fault fault = Fault.NONE;

    @BeforeEach
    void openWriter() throws SQLException {
        run();
        ledger.close();
        var real = Database.at(address());
        var faulty = (Database) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Database.class},
                (proxy, method, arguments) -> method.getName().equals("commit")
                        ? commit(real, (Connection) arguments[0])
                        : call(real, method, arguments));
        lease = Lease.lock(real, Clock.systemUTC());
        lease.take();
        writer = new Writer(faulty, new Failures(real), lease, TransactionWatch.NONE);
    }

    @AfterEach
    void closeWriter() throws SQLException {
        writer.close();
        lease.close();
    }

    @Test
    void a_commit_whose_answer_was_lost_is_not_done_twice() {
        for (var each : new Fault[] {Fault.AFTER, Fault.NONE, Fault.AFTER_AND_CUT, Fault.AFTER}) {
            fault = each;
            count();
        }

        assertThat(counted()).isEqualTo(4);
    }

    @Test
    void a_commit_that_failed_is_not_taken_for_done() {
        count();
        fault = Fault.BEFORE;
        assertThatThrownBy(this::count).hasRootCauseMessage("planted");
        count();

        assertThat(counted()).isEqualTo(2);
    }

    @Test
    void the_same_holds_of_a_transaction_that_somebody_else_began() throws SQLException {
        assumeThat(Database.at(address()).server()).isPresent();
        for (var each : new Fault[] {Fault.AFTER, Fault.NONE, Fault.AFTER_AND_CUT, Fault.AFTER}) {
            fault = each;
            countWithin();
        }
        fault = Fault.BEFORE;
        assertThatThrownBy(this::countWithin).hasRootCauseMessage("planted");

        assertThat(counted()).isEqualTo(4);
    }

    private void count() {
        writer.write(LostAnswerTest::one);
    }

    private void countWithin() throws SQLException {
        try (var open = Database.at(address()).writer()) {
            writer.join(open, LostAnswerTest::one);
        }
    }

    private static Void one(Transaction transaction) throws SQLException {
        Runs.count(transaction, 1, Tally.NONE.plus("message", Tally.What.READ, 1));
        return null;
    }

    private long counted() {
        try (var reader = Ledger.openReadOnly(address())) {
            return reader.runs().account(1).of("message", Tally.What.READ);
        }
    }

    /** Fails once as planted. */
    private Object commit(Database real, Connection connection) throws SQLException {
        var planted = fault;
        fault = Fault.NONE;
        if (planted == Fault.BEFORE) {
            throw new SQLException("planted", "57P01");
        }
        real.commit(connection);
        if (planted == Fault.AFTER_AND_CUT) {
            connection.close();
        }
        if (planted != Fault.NONE) {
            throw new SQLException("planted", "57P01");
        }
        return null;
    }

    private static Object call(Database real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
