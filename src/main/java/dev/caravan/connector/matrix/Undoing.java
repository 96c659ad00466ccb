package dev.caravan.connector.matrix;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    private static final int PAGE = 100;
    private static final int MOST_PAGES = 20;

    private final MatrixClient client;
    private final MatrixSettings settings;
    private final boolean dryRun;
    private final Map<String, Boolean> inUse = new HashMap<>();
    /** Our own pins, which in a dry run are still there when their events are looked at. */
    private final Set<String> unpinned = new HashSet<>();

    Undoing(MatrixClient client, MatrixSettings settings, boolean dryRun) {
        this.client = client;
        this.settings = settings;
        this.dryRun = dryRun;
    }

    List<Undone> undo(List<Effect> effects) {
        var undone = new ArrayList<Undone>(effects.size());
        for (var effect : effects) {
            try {
                undone.add(undo(effect, effect.target().split(" ")));
            } catch (MatrixFailure failure) {
                var state = failure.isNotFound() ? State.GONE : failure.undone();
                undone.add(new Undone(effect, state, state == State.KEPT ? Kept.DENIED.reason() : null));
            }
        }
        return undone;
    }

    private Undone undo(Effect effect, String[] target) throws MatrixFailure {
        return switch (effect.what()) {
            case Effects.EVENT -> event(effect, room(target[0]), target[1], target[2]);
            case Effects.PIN -> pin(effect, room(target[0]), target[1], target[2]);
            case Effects.MEMBER -> member(effect, room(target[0]), target[1], target[2]);
            case Effects.ROOM -> room(effect, room(target[0]), target[1], target[2]);
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
        for (var relation : client.relations(room, event, host)) {
            if (!relation.path("content").has(MatrixShape.ID)) {
                return kept(effect, Kept.PEOPLE_ANSWERED);
            }
        }
        if (!unpinned.contains(event)
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

    private Undone pin(Effect effect, String room, String event, String host) throws MatrixFailure {
        var path = room + "/state/m.room.pinned_events";
        var pinned = Pins.read(client, path, host);
        if (!pinned.remove(event)) {
            return new Undone(effect, State.GONE, null);
        }
        unpinned.add(event);
        if (!dryRun) {
            client.put(path, host, 0, Pins.content(pinned));
        }
        return new Undone(effect, State.REMOVED, null);
    }

    private Undone member(Effect effect, String room, String user, String host) throws MatrixFailure {
        var membership = client.get(room + "/state/m.room.member/" + MatrixIds.encoded(user), host);
        if (!membership.path("membership").asText().equals("join")) {
            return new Undone(effect, State.GONE, null);
        }
        if (inUse(room, host)) {
            return kept(effect, Kept.ROOM_IN_USE);
        }
        if (!dryRun) {
            leave(room, user);
        }
        return new Undone(effect, State.REMOVED, null);
    }

    private Undone room(Effect effect, String room, String alias, String host) throws MatrixFailure {
        var joined = joined(room, host);
        if (joined == null) {
            return new Undone(effect, State.GONE, null);
        }
        if (inUse(room, host)) {
            return kept(effect, Kept.ROOM_IN_USE);
        }
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
        if (!dryRun) {
            client.post(
                    "/account/deactivate",
                    user,
                    JsonNodeFactory.instance.objectNode().put("erase", false));
        }
        return new Undone(effect, State.REMOVED, null);
    }

    /** Whether people wrote here since; looked for from the end, where they would have. */
    private boolean inUse(String room, String host) throws MatrixFailure {
        var known = inUse.get(room);
        if (known == null) {
            known = foreign(room, host);
            inUse.put(room, known);
        }
        return known;
    }

    private boolean foreign(String room, String host) throws MatrixFailure {
        String from = null;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            var page = client.get(
                    room + "/messages?dir=b&limit=" + PAGE
                            + "&filter="
                            + MatrixIds.encoded("{\"types\":[\"m.room.message\",\"m.room.encrypted\",\"m.reaction\"]}")
                            + (from == null ? "" : "&from=" + MatrixIds.encoded(from)),
                    host);
            for (var event : page.path("chunk")) {
                var content = event.path("content");
                if (!content.isEmpty() && !content.has(MatrixShape.ID)) {
                    return true;
                }
            }
            from = page.path("end").asText(null);
            if (from == null) {
                return false;
            }
        }
        return false;
    }
}
