package dev.caravan.model;

/**
 * What became of an effect that was to be taken back.
 *
 * @param reason why it stays or must wait, a stable word; null otherwise
 */
public record Undone(Effect effect, State state, String reason) {

    public enum State {
        /** It is gone now, or in a dry run: would be. */
        REMOVED,
        /** It was gone already. */
        GONE,
        /** It cannot go, or must not: people changed it or lean on it. */
        KEPT,
        /** Not now. */
        RETRY
    }
}
