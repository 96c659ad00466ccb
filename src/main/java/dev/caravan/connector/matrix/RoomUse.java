package dev.caravan.connector.matrix;

import java.util.HashSet;
import java.util.Set;

/**
 * What people wrote in a room we filled, and which events they quoted there. The whole room is looked through once; after that
 * only what came since.
 */
final class RoomUse {

    private static final int PAGE = 500;
    private static final String FILTER =
            MatrixIds.encoded("{\"types\":[\"m.room.message\",\"m.room.encrypted\",\"m.reaction\",\"m.sticker\"]}");

    private final MatrixClient client;
    private final String room;
    private final String host;
    private final Set<String> quoted = new HashSet<>();
    private boolean used;
    private String newest;

    /** @param room path of the room */
    RoomUse(MatrixClient client, String room, String host) {
        this.client = client;
        this.room = room;
        this.host = host;
    }

    /** Whether people wrote here. */
    boolean used() {
        return used;
    }

    /** Whether somebody's message is a reply to this event, outside threads or in one. */
    boolean quoted(String event) {
        return quoted.contains(event);
    }

    void look() throws MatrixFailure {
        var from = newest;
        var direction = from == null ? "b" : "f";
        do {
            var page = client.get(
                    room + "/messages?dir=" + direction + "&limit=" + PAGE + "&filter=" + FILTER
                            + (from == null ? "" : "&from=" + MatrixIds.encoded(from)),
                    host);
            if (newest == null) {
                newest = page.path("start").asText(null);
            }
            for (var event : page.path("chunk")) {
                var content = event.path("content");
                if (!content.isEmpty() && !content.has(MatrixShape.ID)) {
                    used = true;
                    var reply = content.at("/m.relates_to/m.in_reply_to/event_id");
                    if (reply.isTextual()) {
                        quoted.add(reply.asText());
                    }
                }
            }
            from = page.path("end").asText(null);
        } while (from != null);
    }
}
