package dev.caravan.migration.road;

import dev.caravan.model.Batch;

/** What is written down between {@code open} and {@code commit}, so that a crash there loses and doubles nothing. */
public interface Answers {

    /** Of what can be sent again without harm nothing needs to be written down. */
    Answers NONE = new Answers() {
        @Override
        public void intend(Batch batch) {}

        @Override
        public Batch answered(Batch batch) {
            return batch;
        }
    };

    /** Durable before anything of the batch is sent (invariant 3). */
    void intend(Batch batch);

    /** Durable before anything more is sent. @return the batch, with what need not be written down again taken off */
    Batch answered(Batch batch);
}
