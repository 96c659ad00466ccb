package dev.caravan.ledger;

import java.sql.SQLException;

import dev.caravan.model.Problem;

/** Turns what a database throws into what the rest of Caravan understands. */
final class Failures {

    private final Database database;

    Failures(Database database) {
        this.database = database;
    }

    /** {@link Problem} CRV-305 for what people can mend; anything else is a fault of the program. */
    RuntimeException of(SQLException failure) {
        return isEnvironment(failure)
                ? new Problem(failure, "CRV-305", database.name(), failure.getMessage())
                : new IllegalStateException("The ledger could not take a statement", failure);
    }

    /** Nothing of ours was asked yet: whatever fails is for people to mend. */
    Problem whileOpening(SQLException failure) {
        return new Problem(failure, "CRV-307", database.name(), failure.getMessage());
    }

    private boolean isEnvironment(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && database.isEnvironment(sql)) {
                return true;
            }
        }
        return false;
    }
}
