package dev.caravan.migration;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ledger.Ledger;
import dev.caravan.migration.road.Committing;
import dev.caravan.migration.road.Opening;
import dev.caravan.migration.road.Scope;
import dev.caravan.transform.cleanse.Cleansing;
import dev.caravan.transform.link.Directory;
import dev.caravan.transform.link.Linker;
import dev.caravan.transform.mapping.MappingStep;
import dev.caravan.transform.mapping.Mappings;
import dev.caravan.transform.mapping.TargetShape;

/**
 * Everything a run fixes at its start and keeps to its end (invariant 9): files edited meanwhile do not reach it.
 *
 * @param number of the run in the ledger
 * @param variables {@code $source} and {@code $sink} of the mappings
 * @param recalls whether the source has a context action: it can put beside a record what it knows outside its bytes
 * @param seals whether the sink has a seal action
 * @param stop why the run is to stop, or null while it goes on
 */
public record ActiveRun(
        int number,
        String sourceKind,
        Ledger ledger,
        Directory directory,
        Cleansing cleansing,
        Mappings mappings,
        MappingStep mapping,
        TargetShape shape,
        Scope scope,
        Linker linker,
        Opening opening,
        Committing committing,
        Map<String, JsonNode> variables,
        boolean recalls,
        boolean seals,
        AtomicReference<String> stop) {

    /** The reason of a stop that a person or the system asked for. */
    public static final String INTERRUPTED = "interrupted";

    /** Asks the run to stop after the batches in flight. The first reason stands. */
    public void stop(String reason) {
        stop.compareAndSet(null, reason);
    }

    public boolean stopping() {
        return stop.get() != null;
    }

    public void phase(String name) {
        ledger.runs().setPhase(number, name);
    }
}
