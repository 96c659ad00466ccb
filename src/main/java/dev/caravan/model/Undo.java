package dev.caravan.model;

import java.util.List;

/**
 * What is to be taken back from a live target.
 *
 * @param effects the latest first, as they have to go
 * @param dryRun only say what would become of each; change nothing
 */
public record Undo(List<Effect> effects, boolean dryRun) {

    public Undo {
        effects = List.copyOf(effects);
    }
}
