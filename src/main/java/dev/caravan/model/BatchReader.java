package dev.caravan.model;

import java.io.Closeable;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** What a read action answers: batches in the order of the lane. The caller closes it, also when it stops early. */
public interface BatchReader extends Iterator<Batch>, Closeable {

    /** For a kind the source does not have. */
    BatchReader NOTHING = new BatchReader() {
        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public Batch next() {
            throw new NoSuchElementException();
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @Override
    void close();
}
