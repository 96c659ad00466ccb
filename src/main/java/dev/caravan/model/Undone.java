package dev.caravan.model;

/**
 * What became of one effect that was to be taken back.
 *
 * @param effect as it was asked for
 * @param state what became of it
 * @param reason key of the words that say why, of what is KEPT or to be tried again; otherwise null
 */
public record Undone(Effect effect, State state, String reason) {

    /** Of a dry run: what would become of it. */
    public enum State {
        /** Taken back. */
        REMOVED,
        /** Was not there any more. */
        GONE,
        /** Stays: it cannot go, or people have touched it since. */
        KEPT,
        /** Nothing is known or done yet; to be asked for again. */
        RETRY
    }
}
