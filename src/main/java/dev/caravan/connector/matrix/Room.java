package dev.caravan.connector.matrix;

import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** A room as its state was when it was first used, kept up with what we did since. One lane at a time uses it. */
final class Room {

    /** State event that marks an archived room. */
    static final String MARK = "dev.caravan.room";

    static final String CREATED = "dev.caravan.created";
    static final String PLACE = "dev.caravan.place";

    /** Field of a membership that is to end when we have sent what somebody once wrote. */
    static final String GUEST = "dev.caravan.guest";

    private final String id;
    private final String host;
    private final Set<String> joined = new HashSet<>();
    private final Set<String> guests = new HashSet<>();
    private boolean closed = true;
    private boolean archived;
    private long time;

    /**
     * @param id {@code !room}
     * @param host who acts for the room: the application service, in a direct conversation one of its people
     * @param state all events of its state
     */
    Room(String id, String host, JsonNode state) {
        this.id = id;
        this.host = host;
        state.forEach(this::take);
    }

    private void take(JsonNode event) {
        var content = event.path("content");
        switch (event.path("type").asText()) {
            case "m.room.create" -> time = content.path(CREATED).asLong();
            case "m.room.join_rules" -> closed =
                    !content.path("join_rule").asText().equals("public");
            case MARK -> archived = content.path("archived").asBoolean();
            case "m.room.member" -> {
                if (content.path("membership").asText().equals("join")) {
                    joined(event.path("state_key").asText(), content.path(GUEST).asBoolean());
                }
            }
            default -> {}
        }
    }

    void joined(String user, boolean guest) {
        joined.add(user);
        if (guest) {
            guests.add(user);
        }
    }

    void left(String user) {
        joined.remove(user);
        guests.remove(user);
    }

    String id() {
        return id;
    }

    String host() {
        return host;
    }

    boolean holds(String user) {
        return joined.contains(user);
    }

    /** Who is in it only while we send what they once wrote. */
    Set<String> guests() {
        return Set.copyOf(guests);
    }

    /** Whether people have to be invited. */
    boolean closed() {
        return closed;
    }

    /** Whether only administrators may write between our visits. */
    boolean archived() {
        return archived;
    }

    /** When the conversation began, ms since 1970; 0 when unknown. For what has no time of its own. */
    long time() {
        return time;
    }

    String path() {
        return "/rooms/" + MatrixIds.encoded(id);
    }
}
