package dev.caravan.migration;

import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ledger.Checkpoint;
import dev.caravan.ledger.Ledger;
import dev.caravan.migration.camel.Capabilities;
import dev.caravan.migration.road.Answers;
import dev.caravan.migration.road.Committed;
import dev.caravan.migration.road.LedgerUndoNotes;
import dev.caravan.migration.road.Scope;
import dev.caravan.migration.road.StopRules;
import dev.caravan.migration.road.TargetBreaker;
import dev.caravan.model.Batch;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.transform.cleanse.Cleansing;
import dev.caravan.transform.link.Directory;
import dev.caravan.transform.link.Linker;
import dev.caravan.transform.mapping.MappingStep;
import dev.caravan.transform.mapping.Mappings;
import dev.caravan.transform.mapping.TargetShape;
import dev.caravan.transport.JoinedTransaction;
import dev.caravan.transport.UndoNotes;

/**
 * Everything a run fixes at its start and keeps to its end (invariant 9): files edited meanwhile do not reach it.
 *
 * @param number of the run in the ledger; 0 of a rehearsal
 * @param ledger null in a rehearsal, which keeps nothing
 * @param sink what the sink can do
 * @param answers what is written down while a batch is delivered
 * @param variables {@code $source} and {@code $sink} of the mappings
 * @param recalls whether the source has a context action: it can put beside a record what it knows outside its bytes
 * @param undivided whether the source cannot be read one conversation at a time, as its Kamelet declares
 * @param sealInputs hash of the settings of the sink's seal action; null when it has none
 * @param schedule when and how fast it may write
 * @param stopRules how many dead letters end a lane, or the run
 * @param breaker holds all lanes back while a live target takes nothing
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
        Capabilities sink,
        UnaryOperator<Batch> opening,
        Answers answers,
        BiFunction<Batch, Connection, Committed> committing,
        Map<String, JsonNode> variables,
        boolean recalls,
        boolean undivided,
        String sealInputs,
        Schedule schedule,
        StopRules stopRules,
        TargetBreaker breaker,
        AtomicReference<String> stop) {

    private static final Duration LOOK_UP_EVERY = Duration.ofMillis(100);

    /** The reason of a stop that a person or the system asked for. */
    public static final String INTERRUPTED = "interrupted";

    /** Whether the sink has a seal action. */
    public boolean seals() {
        return sealInputs != null;
    }

    /** Whether messages are read by conversation: the source names its conversations, and can tell one's messages apart. */
    public boolean byConversation() {
        return mappings.hasFrom(Kind.CHANNEL) && !undivided;
    }

    /** The same with other mappings, for somebody who tries them. */
    public ActiveRun with(Mappings others) {
        return new ActiveRun(
                number,
                sourceKind,
                ledger,
                directory,
                cleansing,
                others,
                new MappingStep(others),
                shape,
                scope,
                linker,
                sink,
                opening,
                answers,
                committing,
                variables,
                recalls,
                undivided,
                sealInputs,
                schedule,
                stopRules,
                breaker,
                stop);
    }

    /** Where a sink that writes to the ledger's own database may leave its transaction; empty when the ledger is on no server. */
    public Optional<JoinedTransaction> joined(Batch opened) {
        return Optional.ofNullable(ledger)
                .flatMap(Ledger::server)
                .map(server -> new JoinedTransaction(
                        server.jdbcUrl(), server.user(), opened.items().size()));
    }

    /** Where a sink notes what it is about to replace. */
    public UndoNotes undoNotes() {
        return ledger == null ? UndoNotes.NONE : new LedgerUndoNotes(number, ledger, directory);
    }

    /** Asks the run to stop after the batches in flight. The first reason stands. */
    public void stop(String reason) {
        stop.compareAndSet(null, reason);
    }

    /**
     * The share of the permitted rate a live sink may use now, 0 to 1; 0 for a portion that it has when the run is to stop,
     * or while it is not certain that this process is the one that writes.
     */
    public double share() {
        return schedule.share(stopping() || !ledger.isCertain());
    }

    public boolean stopping() {
        return stop.get() != null;
    }

    /**
     * Waits, unless the run is asked to stop.
     *
     * @throws Interrupted then
     */
    public void await(Duration duration) {
        var end = System.nanoTime() + duration.toNanos();
        while (true) {
            if (stopping()) {
                throw new Interrupted();
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(Math.min(left, LOOK_UP_EVERY.toNanos()));
        }
    }

    /** The run was asked to stop while a batch was under way: what is not through goes on with the next run. */
    public static final class Interrupted extends RuntimeException {
        private Interrupted() {
            super(null, null, false, false);
        }
    }

    public void phase(String name) {
        if (ledger != null) {
            ledger.runs().setPhase(number, name);
            Diary.phase(ledger, number, name);
        }
    }

    /** Where to go on reading a lane; null for its beginning. */
    public String position(Kind kind, Lane lane) {
        return ledger == null
                ? null
                : ledger.checkpoints()
                        .find(number, kind, lane.id())
                        .map(Checkpoint::position)
                        .orElse(null);
    }
}
