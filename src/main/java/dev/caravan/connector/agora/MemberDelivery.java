package dev.caravan.connector.agora;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.transport.TargetIds;

/** Puts people into groups; who administers a channel at the source administers the group. */
final class MemberDelivery {

    private final AgoraClient client;
    private final TargetIds ids;
    private final KnownGroups known;
    private final GroupMembers members;

    MemberDelivery(AgoraClient client, TargetIds ids, KnownGroups known) {
        this.client = client;
        this.ids = ids;
        this.known = known;
        this.members = new GroupMembers(client);
    }

    Batch deliver(Batch batch) {
        var payloads = new HashMap<Item, JsonNode>();
        Map<String, List<String>> byChannel = new LinkedHashMap<>();
        for (var item : batch.items()) {
            var payload = Json.read(item.target().payload());
            payloads.put(item, payload);
            if (!payload.has("direct")) {
                byChannel
                        .computeIfAbsent(payload.path("channel").asText(), channel -> new ArrayList<>())
                        .add(payload.path("user").asText());
            }
        }
        var groups = new HashMap<String, String>();
        var results = new HashMap<String, Map<String, GroupMembers.Result>>();
        byChannel.forEach((channel, people) -> ids.of(Kind.CHANNEL, channel).ifPresent(group -> {
            groups.put(channel, group);
            results.put(channel, add(group, people));
        }));
        return batch.withItems(batch.items().stream()
                .map(item -> item.withOutcome(outcome(payloads.get(item), groups, results)))
                .toList());
    }

    /** The owner is in already, and would fail the whole call. */
    private Map<String, GroupMembers.Result> add(String group, List<String> people) {
        var owner = known.made(group).map(KnownGroups.Made::owner).orElse("");
        var others = people.stream()
                .filter(person -> !person.equals(owner))
                .distinct()
                .toList();
        var results = members.add(group, others);
        results.put(owner, new GroupMembers.Result(GroupMembers.Added.ALREADY, null));
        return results;
    }

    private Outcome outcome(
            JsonNode payload, Map<String, String> groups, Map<String, Map<String, GroupMembers.Result>> results) {
        var channel = payload.path("channel").asText();
        var user = payload.path("user").asText();
        if (payload.has("direct")) {
            return new Outcome.Accepted(null, null);
        }
        if (!groups.containsKey(channel)) {
            return new Outcome.Refused("agora-no-group", channel);
        }
        var result = results.get(channel).get(user);
        if (result.refused() instanceof AgoraAnswer.Denied denied) {
            boolean full = denied.error().equals("exceed_limit");
            return new Outcome.Refused(full ? "agora-group-full" : "agora-refused", Causes.of(denied));
        }
        if (result.refused() != null) {
            return new Outcome.Retry(Duration.ZERO, Causes.of(result.refused()));
        }
        var group = groups.get(channel);
        if (payload.path("admin").asBoolean()) {
            // the owner is one already, and more than 99 there cannot be: such a person stays a member
            client.postAgain(
                    Endpoint.GROUPS,
                    "/chatgroups/" + group + "/admin",
                    Json.object().put("newadmin", user));
        }
        var effect = new Effect("member", group + " " + user, null);
        return new Outcome.Accepted(null, null, result.added() == GroupMembers.Added.NEW ? List.of(effect) : List.of());
    }
}
