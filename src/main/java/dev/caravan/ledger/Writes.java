package dev.caravan.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** The way to change the ledger: in a transaction that checks the lease. */
interface Writes {

    /** Refuses: for a ledger opened for reading. */
    Writes NONE = new Writes() {
        @Override
        public <T> T write(Step<T> step) {
            throw new IllegalStateException("This ledger was opened for reading only");
        }

        @Override
        public <T> T join(Connection open, Step<T> step) {
            return write(step);
        }
    };

    /** Part of a transaction. May be carried out more than once, so it changes nothing but the database. */
    interface Step<T> {
        T in(Transaction transaction) throws SQLException;
    }

    /** Returns when the step is durable; throws when nothing of it is there. */
    <T> T write(Step<T> step);

    /** The same within an open transaction on the ledger's database, and everything of that is durable then too. */
    <T> T join(Connection open, Step<T> step);
}
