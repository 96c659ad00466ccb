package dev.caravan.model;

import java.util.List;

/**
 * Asks a sink to take effects back.
 *
 * @param effects the latest first
 * @param dryRun only find out what would become of each
 */
public record Undo(List<Effect> effects, boolean dryRun) {

    public Undo {
        effects = List.copyOf(effects);
    }
}
