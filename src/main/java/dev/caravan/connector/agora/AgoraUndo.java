package dev.caravan.connector.agora;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Effect;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import dev.caravan.model.Undone.State;

/**
 * Takes back what a migration did, by the ids it noted: never "the oldest n". A group or a user that looks otherwise than we
 * left it stays. Whether people have replied to a message cannot be asked.
 */
final class AgoraUndo {

    private final AgoraClient client;
    private final MessageUndo messages;
    /** Groups that are gone, or would be: whoever owns only these may go as well. */
    private final Set<String> goneGroups = new HashSet<>();

    AgoraUndo(AgoraClient client) {
        this.client = client;
        this.messages = new MessageUndo(client);
    }

    List<Undone> undo(Undo undo) {
        var done = new ArrayList<Undone>();
        for (var effect : undo.effects()) {
            done.add(
                    switch (effect.what()) {
                        case "message" -> message(effect, undo.dryRun());
                        case "member" -> member(effect, undo.dryRun());
                        case "group" -> group(effect, undo.dryRun());
                        case "user" -> user(effect, undo.dryRun());
                        default -> kept(effect, "unreadable");
                    });
        }
        return done;
    }

    private Undone message(Effect effect, boolean dryRun) {
        if (dryRun) {
            return new Undone(effect, State.REMOVED, null);
        }
        var sent = SentMessage.of(effect.target());
        boolean any = false;
        // the last part first, so that what is left in between is a beginning
        for (int i = sent.ids().size() - 1; i >= 0; i--) {
            switch (messages.recall(sent.to(), sent.ids().get(i))) {
                case YES -> any = true;
                case NO -> {
                    return kept(effect, "forbidden");
                }
                case UNKNOWN -> {
                    return new Undone(effect, State.RETRY, "not-now");
                }
                case GONE -> {}
            }
        }
        return new Undone(effect, any ? State.REMOVED : State.GONE, null);
    }

    private Undone member(Effect effect, boolean dryRun) {
        var target = effect.target().split(" ");
        var path = "/chatgroups/" + target[0];
        var there = client.get(Endpoint.GROUPS, path + "/user/" + target[1] + "/is_joined");
        if (isMissing(there)
                || there instanceof AgoraAnswer.Done done
                        && !done.body().path("data").asBoolean()) {
            return new Undone(effect, State.GONE, null);
        }
        if (dryRun) {
            return new Undone(effect, State.REMOVED, null);
        }
        return result(effect, client.delete(Endpoint.GROUPS, path + "/users/" + target[1]), "forbidden");
    }

    private Undone group(Effect effect, boolean dryRun) {
        var answer = client.get(Endpoint.GROUPS, "/chatgroups/" + effect.target());
        if (isMissing(answer)) {
            goneGroups.add(effect.target());
            return new Undone(effect, State.GONE, null);
        }
        if (!(answer instanceof AgoraAnswer.Done done)) {
            return new Undone(effect, State.RETRY, "not-now");
        }
        var group = done.body().path("data").path(0);
        boolean changed = effect.mark() != null
                && !effect.mark().equals(group.path("name").asText());
        if (changed || !Groups.custom(group).has("caravan_id")) {
            return kept(effect, "changed-since");
        }
        goneGroups.add(effect.target());
        if (dryRun) {
            return new Undone(effect, State.REMOVED, null);
        }
        return result(effect, client.delete(Endpoint.GROUPS, "/chatgroups/" + effect.target()), "forbidden");
    }

    /** A user who goes takes the groups they own along: nobody goes who owns one that stays. */
    private Undone user(Effect effect, boolean dryRun) {
        var path = "/users/" + effect.target();
        var answer = client.get(Endpoint.USERS, path);
        if (isMissing(answer)) {
            return new Undone(effect, State.GONE, null);
        }
        if (!(answer instanceof AgoraAnswer.Done done)) {
            return new Undone(effect, State.RETRY, "not-now");
        }
        var attributes = attributes(effect.target());
        if (attributes == null) {
            return new Undone(effect, State.RETRY, "not-now");
        }
        long created = done.body().path("entities").path(0).path("created").asLong();
        if (effect.mark() != null && !effect.mark().equals(UserDelivery.mark(created, attributes))) {
            return kept(effect, "changed-since");
        }
        var owns = ownsGroupThatStays(effect.target());
        if (owns == null) {
            return new Undone(effect, State.RETRY, "not-now");
        }
        if (owns) {
            return kept(effect, "in-use");
        }
        if (dryRun) {
            return new Undone(effect, State.REMOVED, null);
        }
        return result(effect, client.delete(Endpoint.USERS, path), "forbidden");
    }

    private Map<String, String> attributes(String user) {
        if (client.get(Endpoint.USERS, "/metadata/user/" + user) instanceof AgoraAnswer.Done done) {
            var attributes = new HashMap<String, String>();
            done.body()
                    .path("data")
                    .properties()
                    .forEach(e -> attributes.put(e.getKey(), e.getValue().asText()));
            return attributes;
        }
        return null;
    }

    /** @return null when that cannot be said now */
    private Boolean ownsGroupThatStays(String user) {
        if (!(client.get(Endpoint.USERS, "/users/" + user + "/joined_chatgroups") instanceof AgoraAnswer.Done joined)) {
            return null;
        }
        for (JsonNode group : joined.body().path("data")) {
            var id = group.path("groupid").asText();
            if (goneGroups.contains(id)) {
                continue;
            }
            if (!(client.get(Endpoint.GROUPS, "/chatgroups/" + id) instanceof AgoraAnswer.Done details)) {
                return null;
            }
            if (details.body().path("data").path(0).path("owner").asText().equals(user)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMissing(AgoraAnswer answer) {
        return answer instanceof AgoraAnswer.Denied denied && denied.status() == 404;
    }

    private static Undone result(Effect effect, AgoraAnswer answer, String reason) {
        if (answer instanceof AgoraAnswer.Done) {
            return new Undone(effect, State.REMOVED, null);
        }
        if (isMissing(answer)) {
            return new Undone(effect, State.GONE, null);
        }
        return answer instanceof AgoraAnswer.Denied ? kept(effect, reason) : new Undone(effect, State.RETRY, "not-now");
    }

    private static Undone kept(Effect effect, String reason) {
        return new Undone(effect, State.KEPT, reason);
    }
}
