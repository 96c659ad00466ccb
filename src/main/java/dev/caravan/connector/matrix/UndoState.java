package dev.caravan.connector.matrix;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a rollback knows from one page of effects to the next. For one thread. */
final class UndoState {

    /** Our own pins, which in a dry run are still there when their events are looked at. */
    private final Set<String> unpinned = new HashSet<>();

    /** Rooms that everybody left, or would. */
    private final Set<String> emptied = new HashSet<>();

    /** Whoever left a room, or would. */
    private final Set<String> left = new HashSet<>();

    private final Map<String, RoomUse> rooms = new HashMap<>();

    void unpinned(String event) {
        unpinned.add(event);
    }

    boolean isUnpinned(String event) {
        return unpinned.contains(event);
    }

    void left(String room, String user) {
        left.add(room + " " + user);
    }

    void emptied(String room) {
        emptied.add(room);
    }

    boolean isOutOf(String room, String user) {
        return emptied.contains(room) || left.contains(room + " " + user);
    }

    RoomUse room(MatrixClient client, String path, String host) {
        return rooms.computeIfAbsent(path, room -> new RoomUse(client, room, host));
    }
}
