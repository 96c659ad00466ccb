package dev.caravan.migration.road;

import java.sql.Connection;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import dev.caravan.model.Batch;
import dev.caravan.transform.link.Roots;
import dev.caravan.transform.mapping.TargetShape;

/** Where the road looks up what is known and writes down what became of it: the ledger, or in a rehearsal nothing that lasts. */
public interface Books {

    /** The step {@code open}: the batch with what is still to be delivered. */
    UnaryOperator<Batch> opening();

    /** What is written down while a batch is delivered. */
    default Answers answers() {
        return Answers.NONE;
    }

    /** The step {@code commit}, within the transaction that the sink left open, if it did (else null). */
    BiFunction<Batch, Connection, Committed> committing();

    /** The thread roots delivered so far. */
    Roots roots();

    /** @param shape of the sink */
    TargetShape shape(TargetShape shape);
}
