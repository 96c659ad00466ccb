package dev.caravan.connector.agora;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds people to groups, up to 60 a call. Adding somebody again leaves them there once. */
final class GroupMembers {

    /** {@code POST /chatgroups/{id}/users} takes at most so many. */
    static final int MOST = 60;

    private final AgoraClient client;

    /** Whether somebody is there now, and whether that is our doing. */
    enum Added {
        NEW,
        ALREADY
    }

    /** @param refused null when added, else the answer; added null when refused */
    record Result(Added added, AgoraAnswer refused) {}

    GroupMembers(AgoraClient client) {
        this.client = client;
    }

    Map<String, Result> add(String group, List<String> people) {
        var results = new LinkedHashMap<String, Result>();
        for (int from = 0; from < people.size(); from += MOST) {
            results.putAll(together(group, people.subList(from, Math.min(people.size(), from + MOST))));
        }
        return results;
    }

    private Map<String, Result> together(String group, List<String> people) {
        var names = Json.object();
        people.forEach(names.putArray("usernames")::add);
        var answer = client.postAgain(Endpoint.GROUPS, "/chatgroups/" + group + "/users", names);
        var results = new LinkedHashMap<String, Result>();
        // one who is in already, or not at all, fails the whole call
        boolean apart = answer instanceof AgoraAnswer.Denied && people.size() > 1;
        for (var person : people) {
            results.put(person, result(apart ? alone(group, person) : answer));
        }
        return results;
    }

    private AgoraAnswer alone(String group, String person) {
        return client.postAgain(Endpoint.GROUPS, "/chatgroups/" + group + "/users/" + person, Json.object());
    }

    private static Result result(AgoraAnswer answer) {
        if (answer instanceof AgoraAnswer.Done) {
            return new Result(Added.NEW, null);
        }
        boolean there = answer instanceof AgoraAnswer.Denied denied && denied.says("already in group");
        return there ? new Result(Added.ALREADY, null) : new Result(null, answer);
    }
}
