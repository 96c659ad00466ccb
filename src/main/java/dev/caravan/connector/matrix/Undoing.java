package dev.caravan.connector.matrix;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caravan.model.Effect;
import dev.caravan.model.Undone;
import dev.caravan.model.Undone.State;

/**
 * Takes back what a migration did: events are redacted, people leave, rooms lose alias and people, accounts are
 * deactivated. What people answered, edited, reacted to or pinned stays, and so does a room they write in. The API takes
 * neither an empty room nor an uploaded file nor the name of an account from a homeserver; only its administrator can.
 */
final class Undoing {

    private static final String NOT_NOW = "not-now";

    private final MatrixClient client;
    private final MatrixSettings settings;
    private final boolean dryRun;
    private final UndoState state;
    private final Set<String> looked = new HashSet<>();

    Undoing(MatrixClient client, MatrixSettings settings, UndoState state, boolean dryRun) {
        this.state = state;
        this.client = client;
        this.settings = settings;
        this.dryRun = dryRun;
    }

    List<Undone> undo(List<Effect> effects) {
        var undone = new ArrayList<Undone>(effects.size());
        boolean waiting = false;
        for (var effect : effects) {
            if (waiting) {
                undone.add(new Undone(effect, State.RETRY, NOT_NOW));
                continue;
            }
            try {
                undone.add(undo(effect, effect.target().split(" ")));
            } catch (MatrixFailure failure) {
                var state = failure.isNotFound() ? State.GONE : failure.undone();
                waiting = state == State.RETRY;
                undone.add(new Undone(effect, state, reason(state)));
            }
        }
        return undone;
    }

    private static String reason(State state) {
        return switch (state) {
            case KEPT -> Kept.DENIED.reason();
            case RETRY -> NOT_NOW;
            case REMOVED, GONE -> null;
        };
    }

    private Undone undo(Effect effect, String[] target) throws MatrixFailure {
        return switch (effect.what()) {
            case Effects.EVENT -> event(effect, room(target[0]), target[1], target[2]);
            case Effects.PIN -> pin(effect, room(target[0]), target[1], target[2]);
            case Effects.MEMBER -> member(effect, target[0], target[1], target[2]);
            case Effects.ROOM -> room(effect, target[0], target[1], target[2]);
            case Effects.USER -> user(effect, target[0]);
            default -> kept(effect, Kept.FILE_STAYS);
        };
    }

    private static Undone kept(Effect effect, Kept why) {
        return new Undone(effect, State.KEPT, why.reason());
    }

    private static String room(String id) {
        return "/rooms/" + MatrixIds.encoded(id);
    }

    private Undone event(Effect effect, String room, String event, String host) throws MatrixFailure {
        var there = client.get(room + "/event/" + MatrixIds.encoded(event), host);
        if (!there.path("content").has(MatrixShape.ID)) {
            return new Undone(effect, State.GONE, null);
        }
        if (isRelated(room, event, host) || use(room, host).quoted(event)) {
            return kept(effect, Kept.PEOPLE_ANSWERED);
        }
        if (!state.isUnpinned(event)
                && Pins.read(client, room + "/state/m.room.pinned_events", host).contains(event)) {
            return kept(effect, Kept.PEOPLE_PINNED);
        }
        if (!dryRun) {
            client.put(
                    room + "/redact/" + MatrixIds.encoded(event) + "/undo",
                    host,
                    0,
                    JsonNodeFactory.instance.objectNode());
        }
        return new Undone(effect, State.REMOVED, null);
    }

    /** Whether somebody's own event answers in a thread, edits or reacts to this one. */
    private boolean isRelated(String room, String event, String host) throws MatrixFailure {
        String from = null;
        do {
            var page = client.relations(room, event, host, from);
            for (var relation : page.path("chunk")) {
                if (!relation.path("content").has(MatrixShape.ID)) {
                    return true;
                }
            }
            from = page.path("next_batch").asText(null);
        } while (from != null);
        return false;
    }

    private Undone pin(Effect effect, String room, String event, String host) throws MatrixFailure {
        var path = room + "/state/m.room.pinned_events";
        var pinned = Pins.read(client, path, host);
        if (!pinned.remove(event)) {
            return new Undone(effect, State.GONE, null);
        }
        state.unpinned(event);
        if (!dryRun) {
            client.put(path, host, 0, Pins.content(pinned));
        }
        return new Undone(effect, State.REMOVED, null);
    }

    private Undone member(Effect effect, String id, String user, String host) throws MatrixFailure {
        var room = room(id);
        var membership = client.get(room + "/state/m.room.member/" + MatrixIds.encoded(user), host);
        if (!membership.path("membership").asText().equals("join")) {
            return new Undone(effect, State.GONE, null);
        }
        if (use(room, host).used()) {
            return kept(effect, Kept.ROOM_IN_USE);
        }
        state.left(id, user);
        if (!dryRun) {
            leave(room, user);
        }
        return new Undone(effect, State.REMOVED, null);
    }

    private Undone room(Effect effect, String id, String alias, String host) throws MatrixFailure {
        var room = room(id);
        var joined = joined(room, host);
        if (joined == null) {
            return new Undone(effect, State.GONE, null);
        }
        if (use(room, host).used()) {
            return kept(effect, Kept.ROOM_IN_USE);
        }
        state.emptied(id);
        if (!dryRun) {
            for (var user : (Iterable<String>) joined.path("joined")::fieldNames) {
                if (!user.equals(host)) {
                    leave(room, user);
                }
            }
            withoutAlias(alias, host);
            leave(room, host);
            client.post(room + "/forget", host, JsonNodeFactory.instance.objectNode());
        }
        return new Undone(effect, State.REMOVED, null);
    }

    /** Null when the host has left already, which it does last. */
    private JsonNode joined(String room, String host) throws MatrixFailure {
        try {
            return client.get(room + "/joined_members", host);
        } catch (MatrixFailure failure) {
            if (failure.isDenied()) {
                return null;
            }
            throw failure;
        }
    }

    private void withoutAlias(String alias, String host) throws MatrixFailure {
        try {
            client.delete("/directory/room/" + MatrixIds.encoded(alias), host);
        } catch (MatrixFailure failure) {
            if (!failure.isNotFound()) {
                throw failure;
            }
        }
    }

    private void leave(String room, String user) throws MatrixFailure {
        client.post(room + "/leave", user, JsonNodeFactory.instance.objectNode());
    }

    private Undone user(Effect effect, String user) throws MatrixFailure {
        if (!settings.deactivate()) {
            return kept(effect, Kept.ACCOUNT_STAYS);
        }
        if (isUsed(effect, user)) {
            return kept(effect, Kept.ACCOUNT_IN_USE);
        }
        if (!dryRun) {
            client.post(
                    "/account/deactivate",
                    user,
                    JsonNodeFactory.instance.objectNode().put("erase", false));
        }
        return new Undone(effect, State.REMOVED, null);
    }

    /** Somebody has signed in as this account, gave it another name, or it is in a room that stays. */
    private boolean isUsed(Effect effect, String user) throws MatrixFailure {
        if (!client.get("/devices", user).path("devices").isEmpty()) {
            return true;
        }
        if (effect.mark() != null
                && !effect.mark()
                        .equals(client.get("/profile/" + MatrixIds.encoded(user), null)
                                .path("displayname")
                                .asText())) {
            return true;
        }
        for (var room : client.get("/joined_rooms", user).path("joined_rooms")) {
            if (!state.isOutOf(room.asText(), user)) {
                return true;
            }
        }
        return false;
    }

    /** As things are when this page of effects is gone through. */
    private RoomUse use(String room, String host) throws MatrixFailure {
        var use = state.room(client, room, host);
        if (!looked.contains(room)) {
            use.look();
            looked.add(room);
        }
        return use;
    }
}
