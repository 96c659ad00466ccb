package dev.caravan.migration;

import java.time.Duration;

import dev.caravan.migration.road.Committed;
import dev.caravan.model.Batch;
import dev.caravan.model.Kind;

/** Told how a run goes, by batch and never by record. For any number of threads; called on the one that does the work. */
public interface RunWatch {

    /** Work begins: a run, replay, verification or rollback; a rehearsal has no ledger. */
    default void begun(ActiveRun run) {}

    default void phase(String name) {}

    /** A batch is at the beginning of its road. */
    default void taken(Batch batch) {}

    /** @param took from handing the records over to having the sink's answer */
    default void atSink(Kind kind, Duration took) {}

    /** The batch is durable. */
    default void committed(Batch batch, Committed what) {}

    default void ended(ActiveRun run) {}
}
