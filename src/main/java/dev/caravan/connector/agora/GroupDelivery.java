package dev.caravan.connector.agora;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;
import dev.caravan.transport.TargetIds;

/**
 * Makes groups. The server gives them their ids, so {@code custom} carries the source's: a group that may have been made is
 * found by that. One-to-one conversations need nothing.
 */
final class GroupDelivery {

    private static final int PAGE = 100;
    private static final int DETAILS_AT_ONCE = 20;

    private final AgoraClient client;
    private final TargetIds ids;
    private final UserDelivery users;
    private final GroupMembers members;

    GroupDelivery(AgoraClient client, TargetIds ids, UserDelivery users) {
        this.client = client;
        this.ids = ids;
        this.users = users;
        this.members = new GroupMembers(client);
    }

    Batch deliver(Batch batch) {
        return InOrder.deliver(batch, this::make, item -> false);
    }

    private Outcome make(Item item) {
        var payload = Json.read(item.target().payload());
        if (payload.has("direct")) {
            return new Outcome.Accepted(null, null);
        }
        var answer = client.post(Endpoint.GROUPS, "/chatgroups", group(payload));
        if (answer instanceof AgoraAnswer.Done done) {
            var id = done.body().path("data").path("groupid").asText("");
            return id.isEmpty() ? new Outcome.Unknown() : made(id, payload);
        }
        if (answer instanceof AgoraAnswer.Later later) {
            return new Outcome.Retry(later.after(), Causes.of(answer));
        }
        if (answer instanceof AgoraAnswer.Denied denied) {
            if (denied.says("too many groups")) {
                throw new Problem("CRV-482", denied.description());
            }
            return new Outcome.Refused("agora-refused", Causes.of(denied));
        }
        return new Outcome.Unknown();
    }

    private Outcome made(String id, JsonNode payload) {
        var people = new ArrayList<String>();
        payload.path("members").forEach(member -> people.add(member.asText()));
        members.add(id, people);
        var effect =
                new Effect("group", id, payload.path("group").path("groupname").asText());
        return new Outcome.Accepted(id, null, List.of(effect));
    }

    private ObjectNode group(JsonNode payload) {
        ObjectNode group = payload.path("group").deepCopy();
        group.put("maxusers", client.settings().groupMaxUsers());
        group.put("custom", payload.path("custom").toString());
        var creator = payload.path("creator").asText("");
        var owner = creator.isEmpty() ? null : ids.of(Kind.USER, creator).orElse(null);
        if (owner == null) {
            owner = client.settings().groupOwner();
            users.ensureKeeper();
        }
        return group.put("owner", owner);
    }

    /** Each group that is there with its id; those that are not without an outcome. */
    Batch lookUp(Batch batch) {
        Map<String, String> there;
        try {
            there = bySourceId();
        } catch (Unreadable nothingKnown) {
            return batch.withItems(batch.items().stream()
                    .map(item -> item.withOutcome(new Outcome.Unknown()))
                    .toList());
        }
        return batch.withItems(batch.items().stream()
                .map(item -> {
                    var id = there.get(item.id());
                    var payload = Json.read(item.target().payload());
                    return item.withOutcome(id == null ? null : made(id, payload));
                })
                .toList());
    }

    private Map<String, String> bySourceId() {
        var found = new HashMap<String, String>();
        for (var details : new Groups(client, PAGE, DETAILS_AT_ONCE)) {
            var source = Groups.custom(details).path("caravan_id").asText("");
            if (!source.isEmpty()) {
                found.put(source, details.path("id").asText());
            }
        }
        return found;
    }
}
