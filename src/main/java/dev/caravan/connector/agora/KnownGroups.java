package dev.caravan.connector.agora;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the server decided when groups were made. Asked once a group. */
final class KnownGroups {

    private final AgoraClient client;
    private final Map<String, Made> groups = new ConcurrentHashMap<>();

    /** @param created ms since 1970, by the server's clock */
    record Made(long created, String owner) {}

    KnownGroups(AgoraClient client) {
        this.client = client;
    }

    /** Empty when the server cannot be asked now, or has no such group. */
    Optional<Made> made(String group) {
        var known = groups.get(group);
        if (known == null && client.get(Endpoint.GROUPS, "/chatgroups/" + group) instanceof AgoraAnswer.Done done) {
            var details = done.body().path("data").path(0);
            known = new Made(
                    details.path("created").asLong(), details.path("owner").asText());
            groups.put(group, known);
        }
        return Optional.ofNullable(known);
    }
}
