package dev.caravan.migration.check;

import java.sql.Connection;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import dev.caravan.migration.road.Books;
import dev.caravan.migration.road.Committed;
import dev.caravan.model.Batch;
import dev.caravan.transform.link.Directory;
import dev.caravan.transform.link.Roots;
import dev.caravan.transform.mapping.TargetRules;
import dev.caravan.transform.mapping.TargetShape;

/** Looks at what goes by in a rehearsal whose own result nobody asks for. */
public abstract class Onlooker implements Books {

    private final Rehearsal rehearsal;

    protected Onlooker(Directory directory) {
        rehearsal = new Rehearsal(directory, TargetRules.NONE, Optional.empty());
    }

    /** Called by many threads. */
    protected abstract void look(Batch batch);

    @Override
    public final UnaryOperator<Batch> opening() {
        return batch -> {
            look(batch);
            return rehearsal.opening().apply(batch);
        };
    }

    @Override
    public final BiFunction<Batch, Connection, Committed> committing() {
        return rehearsal.committing();
    }

    @Override
    public final Roots roots() {
        return rehearsal.roots();
    }

    @Override
    public TargetShape shape(TargetShape ofTheSink) {
        return rehearsal.shape(ofTheSink);
    }
}
