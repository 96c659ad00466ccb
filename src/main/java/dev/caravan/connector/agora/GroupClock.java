package dev.caravan.connector.agora;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** When groups were made, by the server's clock. Asked once a group. */
final class GroupClock {

    private final AgoraClient client;
    private final Map<String, Long> created = new ConcurrentHashMap<>();

    GroupClock(AgoraClient client) {
        this.client = client;
    }

    /** @return ms since 1970; empty when the server cannot be asked now */
    OptionalLong created(String group) {
        var known = created.get(group);
        if (known == null && client.get(Endpoint.GROUPS, "/chatgroups/" + group) instanceof AgoraAnswer.Done done) {
            known = done.body().path("data").path(0).path("created").asLong();
            created.put(group, known);
        }
        return known == null ? OptionalLong.empty() : OptionalLong.of(known);
    }
}
