package dev.caravan.migration.find;

import java.util.List;

/**
 * What was found.
 *
 * @param more whether there were more than are told
 * @param looked how much of the source was read again for it; null when the ledger knew
 */
public record Answer(List<Found> found, boolean more, Looked looked) {

    /**
     * @param records read again
     * @param conversations read again to their end
     * @param all there are to be read
     * @param next where to go on: the conversation that was read last, or null when all were
     */
    public record Looked(long records, int conversations, int all, String next) {}

    static Answer of(List<Found> found) {
        return new Answer(found, false, null);
    }
}
