package dev.caravan.model;

import java.io.Closeable;
import java.util.Iterator;

/** What a read action answers: batches in the order of the lane. The caller closes it, also when it stops early. */
public interface BatchReader extends Iterator<Batch>, Closeable {
    @Override
    void close();
}
