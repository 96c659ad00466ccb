package dev.caravan.connector.agora;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Effect;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import dev.caravan.model.Undone.State;
import dev.caravan.transport.TargetIds;

/**
 * Takes back what a migration did, by the ids it noted: never "the oldest n". A group or a user that looks otherwise than we
 * left it stays, and a group in which people have written stays with its members. That is seen in the message history, which
 * goes back three days and lacks the last hours, so groups are deleted only where the operator says so. Whether people have
 * replied to a message cannot be asked.
 */
final class AgoraUndo implements AutoCloseable {

    private static final TargetIds NOTHING_SENT = new TargetIds() {
        @Override
        public Optional<String> of(Kind kind, String sourceId) {
            return Optional.empty();
        }

        @Override
        public Optional<String> ofMessage(String conversation, long time, String id) {
            return Optional.empty();
        }
    };

    private final AgoraClient client;
    private final MessageUndo messages;
    private final HistorySpool history;
    private Set<String> usedByPeople;
    /** Groups that are gone, or would be: whoever is only in these may go as well. */
    private final Set<String> goneGroups = new HashSet<>();

    private static final String PEOPLE_WROTE = "agora-people-wrote";

    /** A server or a file that cannot be had now: it may show that people have written. */
    private static final Set<String> NOT_NOW = Set.of("CRV-487", "CRV-488");

    AgoraUndo(AgoraClient client) {
        this.client = client;
        this.messages = new MessageUndo(client);
        // The age of what we brought does not matter here.
        this.history = new HistorySpool(client, NOTHING_SENT);
    }

    List<Undone> undo(Undo undo) {
        var done = new ArrayList<Undone>();
        boolean waiting = false;
        for (var effect : undo.effects()) {
            var one = waiting ? notNow(effect) : undo(effect, undo.dryRun(), done.isEmpty());
            waiting = one.state() == State.RETRY;
            done.add(one);
        }
        return done;
    }

    /** @param first of the page; else what went before it has to be written down before a problem stops everything */
    private Undone undo(Effect effect, boolean dryRun, boolean first) {
        try {
            return undo(effect, dryRun);
        } catch (Unreadable notNow) {
            return new Undone(effect, State.RETRY, "agora-history-unreadable");
        } catch (Problem problem) {
            if (first) {
                throw problem;
            }
            return notNow(effect);
        }
    }

    private Undone undo(Effect effect, boolean dryRun) {
        return switch (effect.what()) {
            case "message" -> message(effect, dryRun);
            case "member" -> member(effect, dryRun);
            case "group" -> group(effect, dryRun);
            case "user" -> user(effect, dryRun);
            default -> kept(effect, "unreadable");
        };
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
                    return notNow(effect);
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
        var stays = whyGroupStays(target[0]);
        if (stays != null) {
            return kept(effect, stays);
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
            return notNow(effect);
        }
        var group = done.body().path("data").path(0);
        boolean changed = effect.mark() != null
                && !effect.mark().equals(group.path("name").asText());
        if (changed || !Groups.custom(group).has("caravan_id")) {
            return kept(effect, "changed-since");
        }
        var stays = whyGroupStays(effect.target());
        if (stays != null) {
            return kept(effect, stays);
        }
        goneGroups.add(effect.target());
        if (dryRun) {
            return new Undone(effect, State.REMOVED, null);
        }
        return result(effect, client.delete(Endpoint.GROUPS, "/chatgroups/" + effect.target()), "forbidden");
    }

    /** A user who goes takes the groups they own along: nobody goes who is in one that stays. */
    private Undone user(Effect effect, boolean dryRun) {
        var path = "/users/" + effect.target();
        var answer = client.get(Endpoint.USERS, path);
        if (isMissing(answer)) {
            return new Undone(effect, State.GONE, null);
        }
        if (!(answer instanceof AgoraAnswer.Done done)) {
            return notNow(effect);
        }
        var attributes = attributes(effect.target());
        if (attributes == null) {
            return notNow(effect);
        }
        long created = done.body().path("entities").path(0).path("created").asLong();
        if (effect.mark() != null && !effect.mark().equals(UserDelivery.mark(created, attributes))) {
            return kept(effect, "changed-since");
        }
        if (client.settings().deleteGroups() && usedByPeople().contains(effect.target())) {
            return kept(effect, PEOPLE_WROTE);
        }
        var needed = isInGroupThatStays(effect.target());
        if (needed == null) {
            return notNow(effect);
        }
        if (needed) {
            return kept(effect, "in-use");
        }
        if (dryRun) {
            return new Undone(effect, State.REMOVED, null);
        }
        return result(effect, client.delete(Endpoint.USERS, path), "forbidden");
    }

    /** Null when it may go. */
    private String whyGroupStays(String group) {
        if (!client.settings().deleteGroups()) {
            return "agora-perhaps-used";
        }
        return usedByPeople().contains(group) ? PEOPLE_WROTE : null;
    }

    /**
     * What the history shows; where there is none, the operator has said that groups may go.
     *
     * @throws Unreadable when there may be a history that cannot be had now
     */
    private Set<String> usedByPeople() {
        if (usedByPeople == null) {
            try {
                usedByPeople = history.usedByPeople();
            } catch (NoHistory operatorDecides) {
                usedByPeople = Set.of();
            } catch (Problem problem) {
                if (NOT_NOW.contains(problem.code())) {
                    throw new Unreadable("the message history");
                }
                throw problem;
            }
        }
        return usedByPeople;
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
    private Boolean isInGroupThatStays(String user) {
        if (!(client.get(Endpoint.JOINED_GROUPS, "/users/" + user + "/joined_chatgroups")
                instanceof AgoraAnswer.Done joined)) {
            return null;
        }
        for (JsonNode group : joined.body().path("data")) {
            if (!goneGroups.contains(group.path("groupid").asText())) {
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
        return answer instanceof AgoraAnswer.Denied ? kept(effect, reason) : notNow(effect);
    }

    private static Undone notNow(Effect effect) {
        return new Undone(effect, State.RETRY, "not-now");
    }

    private static Undone kept(Effect effect, String reason) {
        return new Undone(effect, State.KEPT, reason);
    }

    @Override
    public void close() {
        history.close();
    }
}
