package dev.caravan.connector.jdbc;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.caravan.model.Batch;
import dev.caravan.model.Item;

/**
 * Which records may have been written before without the ledger knowing: those of the first batch of each lane, when a run that
 * broke off goes on, and those whose commit nobody confirmed. Rows of theirs that are there already are ours. For several
 * threads.
 */
final class Doubt {

    private final boolean goesOn;
    private final Map<String, String> firstBatches = new HashMap<>();
    private final Set<String> unconfirmed = new HashSet<>();

    /** @param goesOn whether the run broke off before */
    Doubt(boolean goesOn) {
        this.goesOn = goesOn;
    }

    /** Whether this is, or is part of, the first batch of its lane that a run that broke off sends. */
    synchronized boolean of(Batch batch) {
        if (!goesOn) {
            return false;
        }
        var lane = batch.kind() + " " + batch.lane().id();
        var position = String.valueOf(batch.position());
        firstBatches.putIfAbsent(lane, position);
        return Objects.equals(firstBatches.get(lane), position);
    }

    synchronized boolean isUnconfirmed(Batch batch, Item item) {
        return !unconfirmed.isEmpty() && unconfirmed.contains(batch.kind() + " " + item.id());
    }

    synchronized void unconfirmed(Batch batch) {
        batch.items().forEach(item -> unconfirmed.add(batch.kind() + " " + item.id()));
    }

    synchronized void confirmed(Batch batch) {
        if (!unconfirmed.isEmpty()) {
            batch.items().forEach(item -> unconfirmed.remove(batch.kind() + " " + item.id()));
        }
    }
}
