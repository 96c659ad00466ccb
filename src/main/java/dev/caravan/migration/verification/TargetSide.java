package dev.caravan.migration.verification;

import java.util.Collections;
import java.util.Iterator;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The messages that are on the target, in its order. */
final class TargetSide implements SideReader {

    private final ReadBack batches;
    private final FieldDigests digests;
    private final BooleanSupplier stopping;
    private Iterator<ObjectNode> batch = Collections.emptyIterator();
    private long index;

    TargetSide(ReadBack batches, FieldDigests digests, BooleanSupplier stopping) {
        this.batches = batches;
        this.digests = digests;
        this.stopping = stopping;
    }

    @Override
    public Side next(int window) {
        while (!batch.hasNext()) {
            if (stopping.getAsBoolean()) {
                throw new Stopped();
            }
            if (!batches.hasNext()) {
                return null;
            }
            batch = batches.next().iterator();
        }
        var message = batch.next();
        return new Side(
                message.path("id").asText(),
                message.path("channel").asText(),
                index++,
                window,
                digests.of(message),
                null,
                message.path("threadTime").asLong() / 1000);
    }
}
