package dev.caravan.connector.matrix;

import dev.caravan.model.Effect;

/** Words for what we did to a homeserver. A target is ids between spaces, which Matrix ids never hold. */
final class Effects {

    static final String EVENT = "event";
    static final String PIN = "pin";
    static final String MEMBER = "member";
    static final String ROOM = "room";
    static final String USER = "user";
    static final String FILE = "file";

    private Effects() {}

    static Effect event(Room room, String event) {
        return new Effect(EVENT, room.id() + " " + event + " " + room.host(), null);
    }

    static Effect pin(Room room, String event) {
        return new Effect(PIN, room.id() + " " + event + " " + room.host(), null);
    }

    static Effect member(Room room, String user) {
        return new Effect(MEMBER, room.id() + " " + user + " " + room.host(), null);
    }

    static Effect room(String id, String alias, String host) {
        return new Effect(ROOM, id + " " + alias + " " + host, null);
    }

    static Effect user(String user, String displayName) {
        return new Effect(USER, user, displayName);
    }

    static Effect file(String mxc) {
        return new Effect(FILE, mxc, null);
    }
}
