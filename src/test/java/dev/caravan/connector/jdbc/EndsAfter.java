package dev.caravan.connector.jdbc;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.caravan.TestMigration;
import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.transport.UndoNotes;
import org.apache.camel.Exchange;

import static org.assertj.core.api.Assertions.assertThat;

/** Around the sink: ends a run behind the note of what is replaced, or where the target's transaction has ended. */
public final class EndsAfter {

    private static final String ENDED = "ended here";

    private final AtomicInteger left;

    /** @param steps of which the last one ends it */
    EndsAfter(int steps) {
        left = new AtomicInteger(steps);
    }

    public void before(Exchange road) {
        var notes = road.getProperty(UndoNotes.PROPERTY, UndoNotes.class);
        road.setProperty(UndoNotes.PROPERTY, new UndoNotes() {
            @Override
            public void note(Batch batch) {
                notes.note(batch);
                step();
            }

            @Override
            public List<Effect> standing(Kind kind, Item item) {
                return notes.standing(kind, item);
            }
        });
    }

    public Batch behind(Batch batch) {
        step();
        return batch;
    }

    private void step() {
        if (left.decrementAndGet() == 0) {
            throw new IllegalStateException(ENDED);
        }
    }

    /** False when the run came to its end before. */
    boolean ends(TestMigration migration) {
        try {
            migration.run();
        } catch (RuntimeException ended) {
            assertThat(ended).hasStackTraceContaining(ENDED);
        }
        return left.get() <= 0;
    }
}
