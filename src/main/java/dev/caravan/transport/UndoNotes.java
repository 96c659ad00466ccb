package dev.caravan.transport;

import java.util.List;

import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;

/**
 * The undo journal, for a sink that has to note what it is about to replace before it does: once it is replaced, nobody can ask
 * what it was.
 */
public interface UndoNotes {

    /** Property of an exchange on the road of a batch. */
    String PROPERTY = "caravanUndoNotes";

    /** What nothing may be taken back of. */
    UndoNotes NONE = new UndoNotes() {
        @Override
        public void note(Batch batch) {}

        @Override
        public List<Effect> standing(Kind kind, Item item) {
            return List.of();
        }
    };

    /**
     * Writes down the effects of what was accepted. Durable when this returns.
     *
     * @param batch of items whose effects must not be written down again when the batch is committed
     */
    void note(Batch batch);

    /** What is noted of a record and was not taken back, in the order in which it was. */
    List<Effect> standing(Kind kind, Item item);
}
