package dev.caravan.migration.road;

import java.sql.Connection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import dev.caravan.ledger.Key;
import dev.caravan.ledger.Ledger;
import dev.caravan.migration.camel.Capabilities;
import dev.caravan.model.Batch;
import dev.caravan.model.Kind;
import dev.caravan.transform.link.Directory;
import dev.caravan.transform.link.Roots;
import dev.caravan.transform.link.TargetText;
import dev.caravan.transform.mapping.TargetShape;

/** The books of a run. */
public final class LedgerBooks implements Books {

    private final Ledger ledger;
    private final Opening opening;
    private final Committing committing;
    private final Answers answers;
    private final StopRules stopRules;

    /** @param account the run whose account is written */
    public LedgerBooks(
            Ledger ledger, int account, Directory directory, TargetText text, Capabilities sink, StopRules stopRules) {
        this.ledger = ledger;
        this.stopRules = stopRules;
        this.opening = new Opening(account, ledger.records(), directory, sink);
        this.committing = new Committing(account, ledger, directory, text);
        this.answers = sink.idempotent() ? Answers.NONE : new LiveAnswers(account, ledger, directory, sink.looksUp());
    }

    @Override
    public UnaryOperator<Batch> opening() {
        return opening::open;
    }

    @Override
    public BiFunction<Batch, Connection, Committed> committing() {
        return (batch, joined) -> {
            var committed = committing.commit(batch, joined);
            stopRules.count(batch, committed.tally());
            return committed;
        };
    }

    @Override
    public Answers answers() {
        return answers;
    }

    @Override
    public Roots roots() {
        return (lane, roots) -> {
            var keys = roots.entrySet().stream()
                    .map(root -> new Key(root.getValue(), root.getKey()))
                    .toList();
            Set<String> delivered = new HashSet<>();
            ledger.records()
                    .find(Kind.MESSAGE, lane, keys)
                    .forEach(row -> delivered.add(row.key().id()));
            return delivered;
        };
    }

    @Override
    public TargetShape shape(TargetShape shape) {
        return shape;
    }
}
