package dev.caravan.connector.agora;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * People whose registration was sent and not answered. Sent again, the server says that they exist already, as it does of
 * somebody else's people; whoever was made since we sent them first is ours. All times are the server's: its clock when it
 * answers, less what has passed here since.
 */
final class LostRegistrations {

    private final AgoraClient client;
    /** By name: {@link System#nanoTime} before the first call that was not answered. */
    private final Map<String, Long> sent = new ConcurrentHashMap<>();

    LostRegistrations(AgoraClient client) {
        this.client = client;
    }

    void add(List<String> names, long sentAt) {
        names.forEach(name -> sent.putIfAbsent(name, sentAt));
    }

    boolean has(String name) {
        return sent.containsKey(name);
    }

    /**
     * @param answer that says the name exists
     * @param answeredAt {@link System#nanoTime} when it came
     * @return when the server made it, ms, or null when it is somebody else's
     * @throws Unreadable when that cannot be said now
     */
    Long made(String name, JsonNode answer, long answeredAt) {
        long clock = answer.path("timestamp").asLong();
        long since = clock - Duration.ofNanos(answeredAt - sent.get(name)).toMillis();
        var user = client.get(Endpoint.USERS, "/users/" + name);
        if (user instanceof AgoraAnswer.Later || user instanceof AgoraAnswer.Doubtful) {
            throw new Unreadable("a user");
        }
        sent.remove(name);
        long created = user instanceof AgoraAnswer.Done done
                ? done.body().path("entities").path(0).path("created").asLong()
                : 0;
        return clock > 0 && created >= since ? created : null;
    }
}
