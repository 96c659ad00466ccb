package dev.caravan.ledger;

import java.time.Duration;

/** Told of each transaction that was committed. Called by whoever has the writer's turn, so it is quick. */
public interface TransactionWatch {

    TransactionWatch NONE = took -> {};

    /** @param took from its begin to its being durable, without waiting for the turn */
    void committed(Duration took);
}
