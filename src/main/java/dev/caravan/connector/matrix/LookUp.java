package dev.caravan.connector.matrix;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Looks for records in a room by the source id that their events carry, from its end backwards. A lane sends in order, so
 * that what is in doubt is among the last things we sent: once so many of our other messages have gone by, what was not
 * seen is not there.
 */
final class LookUp {

    /** Messages of ours that were not in doubt; the largest batch several times over. */
    private static final int ENOUGH = 1_000;

    /** Events in all, of people who write meanwhile too. */
    private static final int MOST = 100_000;

    private static final int PAGE = 200;

    private final MatrixClient client;

    LookUp(MatrixClient client) {
        this.client = client;
    }

    /**
     * @return by source id, then by piece, the ids of the events that are there
     * @throws MatrixFailure doubt, when so much was written since that nobody can say
     */
    Map<String, Map<String, String>> find(Room room, Set<String> wanted) throws MatrixFailure {
        var found = new HashMap<String, Map<String, String>>();
        String from = null;
        int ours = 0;
        for (int events = 0; events < MOST; ) {
            var page = client.get(
                    room.path() + "/messages?dir=b&limit=" + PAGE
                            + (from == null ? "" : "&from=" + MatrixIds.encoded(from)),
                    room.host());
            for (var event : page.path("chunk")) {
                events++;
                var content = event.path("content");
                var id = content.path(MatrixShape.ID).asText("");
                var piece = content.path(MatrixShape.PIECE).asText("");
                if (wanted.contains(id)) {
                    found.computeIfAbsent(id, i -> new HashMap<>())
                            .put(piece, event.path("event_id").asText());
                } else if (!piece.isEmpty()) {
                    ours++;
                }
            }
            from = page.path("end").asText(null);
            if (ours >= ENOUGH || from == null) {
                return found;
            }
        }
        throw MatrixFailure.doubt();
    }
}
