package dev.caravan.migration.verification;

/** The messages of one side, in its order. */
interface SideReader {

    /**
     * @param window the stretch out of step that is going on
     * @return null at the end
     */
    Side next(int window);

    /** Whether the ledger's message belongs to a conversation before that of the target's, in the order of this side. */
    default boolean isBehind(Side should, Side is) {
        return false;
    }
}
