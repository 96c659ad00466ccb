package dev.caravan.connector.agora;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Problem;
import dev.caravan.transport.TargetProbe.Found;
import dev.caravan.transport.TargetProbe.Result;

/**
 * Tries on throw-away people and a throw-away group what the documents leave open, and removes them again. What the server
 * accepts is seen; whether a client then shows it is not. Of GROUP_HISTORY it is seen whether the server takes the own time.
 */
final class AgoraProbe implements AutoCloseable {

    private static final long BEFORE = Duration.ofDays(1).toMillis();
    private static final int LETTERS = 6;

    private final AgoraClient client;
    private final boolean own;
    private final List<Found> found = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    /** @param properties of the sink's Kamelet */
    AgoraProbe(Map<String, String> properties) {
        this(new AgoraClient(AgoraSettings.of(properties), () -> 1, Clock.systemUTC()), true);
    }

    AgoraProbe(AgoraClient client, boolean own) {
        this.client = client;
        this.own = own;
    }

    /** @throws Problem when the server cannot be asked, or not with these credentials */
    Result probe() {
        byte[] random = new byte[LETTERS];
        new SecureRandom().nextBytes(random);
        var name = "caravan-probe-" + HexFormat.of().formatHex(random);
        var people = List.of(name + "-a", name + "-b");
        String group = null;
        try {
            var users = JsonNodeFactory.instance.arrayNode();
            people.forEach(person -> users.addObject().put("username", person).put("password", name));
            require(client.postAgain(Endpoint.USERS, "/users", users));
            group = group(people.get(0), name);
            groups(group, people);
            oneToOne(people);
            removeGroup(group);
            if (left.isEmpty()) {
                ghost(group, people);
            }
            group = null;
        } finally {
            if (group != null) {
                removeGroup(group);
            }
            removePeople(people);
        }
        return new Result(List.copyOf(found), List.copyOf(left));
    }

    private String group(String owner, String name) {
        var group = Json.object().put("groupname", name).put("description", "").put("public", false);
        group.put("maxusers", 3).put("invite_need_confirm", false).put("owner", owner);
        var made = require(client.post(Endpoint.GROUPS, "/chatgroups", group));
        return made.body().path("data").path("groupid").asText();
    }

    private void groups(String group, List<String> people) {
        var history = group(people.get(0), group, client.clock().millis() - BEFORE);
        saw(ServerRule.GROUP_HISTORY, history instanceof AgoraAnswer.Done, history);
        var path = "/chatgroups/" + group + "/users";
        var both = Json.object();
        both.putArray("usernames").add(people.get(1));
        client.postAgain(Endpoint.GROUPS, path, both);
        var again = client.postAgain(Endpoint.GROUPS, path, both);
        saw(ServerRule.ALREADY_A_MEMBER, again instanceof AgoraAnswer.Denied, again);
    }

    /** The throw-away group is gone by now: no other would do, it might be somebody's. */
    private void ghost(String group, List<String> people) {
        var nobody = group(people.get(0), group, client.clock().millis() - 1);
        saw(ServerRule.GHOST_GROUPS, nobody instanceof AgoraAnswer.Done, nobody);
    }

    private void oneToOne(List<String> people) {
        long time = client.clock().millis() - BEFORE;
        var first = person(people.get(0), people.get(1), time);
        saw(ServerRule.IMPORT_SHAPE, first instanceof AgoraAnswer.Done, first);
        var back = person(people.get(1), people.get(0), time);
        saw(ServerRule.ONE_STREAM_A_PAIR, back instanceof AgoraAnswer.Denied, back);
        var same = person(people.get(0), people.get(1), time);
        saw(ServerRule.RISING_TIMES, same instanceof AgoraAnswer.Denied, same);
        if (first instanceof AgoraAnswer.Done done) {
            var id = done.body().path("data").path("msg_id").asText();
            var recalled = new MessageUndo(client).recall(new Recipient(false, people.get(1), people.get(0)), id);
            found(ServerRule.RECALL, recalled == MessageUndo.Recalled.YES, recalled.name());
        }
    }

    private AgoraAnswer group(String from, String group, long time) {
        return client.post(Endpoint.IMPORT_GROUPS, "/messages/chatgroups/import", message(from, group, time));
    }

    private AgoraAnswer person(String from, String to, long time) {
        return client.post(Endpoint.IMPORT_USERS, "/messages/users/import", message(from, to, time));
    }

    private static ObjectNode message(String from, String to, long time) {
        var message = Json.object()
                .put("from", from)
                .put("target", to)
                .put("type", "txt")
                .put("msg_timestamp", time);
        message.putObject("body").put("msg", "probe");
        return message;
    }

    private void saw(ServerRule rule, boolean holds, AgoraAnswer answer) {
        if (answer instanceof AgoraAnswer.Done || answer instanceof AgoraAnswer.Denied) {
            found(rule, holds, answer instanceof AgoraAnswer.Done ? "200" : Causes.of(answer));
        }
    }

    private void found(ServerRule rule, boolean holds, String detail) {
        found.add(new Found(rule.id(), rule.wordsKey(), holds, detail));
    }

    private void removeGroup(String group) {
        if (!(client.delete(Endpoint.GROUPS, "/chatgroups/" + group) instanceof AgoraAnswer.Done)) {
            left.add(group);
        }
    }

    private void removePeople(List<String> people) {
        for (var person : people) {
            var answer = client.delete(Endpoint.USERS, "/users/" + person);
            boolean gone = answer instanceof AgoraAnswer.Denied denied && denied.status() == 404;
            if (!(answer instanceof AgoraAnswer.Done) && !gone) {
                left.add(person);
            }
        }
    }

    private AgoraAnswer.Done require(AgoraAnswer answer) {
        if (answer instanceof AgoraAnswer.Done done) {
            return done;
        }
        throw new Problem("CRV-488", client.settings().rest());
    }

    @Override
    public void close() {
        if (own) {
            client.close();
        }
    }
}
