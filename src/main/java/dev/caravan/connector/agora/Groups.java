package dev.caravan.connector.agora;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The details of all groups of the app, page by page.
 *
 * @param page groups a call of the list
 * @param atOnce groups a call for their details
 */
record Groups(AgoraClient client, int page, int atOnce) implements Iterable<JsonNode> {

    /** What we wrote into a group; an empty object for other people's groups. */
    static JsonNode custom(JsonNode details) {
        var custom =
                Json.readOrNull(details.path("custom").asText("").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return custom != null && custom.isObject() ? custom : Json.object();
    }

    @Override
    public Iterator<JsonNode> iterator() {
        return new Pages();
    }

    private final class Pages implements Iterator<JsonNode> {
        private final Deque<JsonNode> waiting = new ArrayDeque<>();
        private String cursor = "";

        @Override
        public boolean hasNext() {
            while (waiting.isEmpty() && cursor != null) {
                fill();
            }
            return !waiting.isEmpty();
        }

        @Override
        public JsonNode next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return waiting.poll();
        }

        private void fill() {
            var path = "/chatgroups?limit=" + page + (cursor.isEmpty() ? "" : "&cursor=" + AgoraClient.encoded(cursor));
            var body = read(path);
            var ids = new ArrayList<String>();
            body.path("data").forEach(group -> ids.add(group.path("groupid").asText()));
            for (int from = 0; from < ids.size(); from += atOnce) {
                details(ids.subList(from, Math.min(ids.size(), from + atOnce)));
            }
            cursor = body.path("cursor").asText(null);
        }

        private void details(List<String> ids) {
            read("/chatgroups/" + String.join(",", ids)).path("data").forEach(waiting::add);
        }

        private JsonNode read(String path) {
            if (client.get(Endpoint.GROUPS, path) instanceof AgoraAnswer.Done done) {
                return done.body();
            }
            throw new Unreadable("groups");
        }
    }
}
