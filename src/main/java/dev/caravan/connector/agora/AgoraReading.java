package dev.caravan.connector.agora;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;

/**
 * Reads back what a migration brought: people and groups by their lists, messages by the hourly files of the message history,
 * which the server keeps for three days and has an hour after the hour. Whether imported messages stand there, and under which
 * hour, is not documented.
 */
final class AgoraReading implements AutoCloseable {

    private static final int USERS_A_PAGE = 100;
    private static final int GROUPS_A_PAGE = 1000;
    private static final int DETAILS_AT_ONCE = 20;

    private final AgoraClient client;
    private final HistorySpool history;
    private final StoredFiles files;
    /** By group id; null until somebody asks. */
    private Map<String, String> names;

    AgoraReading(AgoraClient client) {
        this.client = client;
        this.history = new HistorySpool(client);
        this.files = new StoredFiles(client);
    }

    BatchReader read(ReadRequest request) {
        Iterator<ObjectNode> records =
                switch (request.kind()) {
                    case USER -> new Users();
                    case CHANNEL -> new Conversations();
                    case MEMBERSHIP -> new Members();
                    case MESSAGE -> new Messages(
                            request.lane().conversations().isEmpty()
                                    ? history.conversations()
                                    : request.lane().conversations());
                    case EMOJI -> List.<ObjectNode>of().iterator();
                };
        return new ReadBatches(request, client.settings().rest().getHost(), records);
    }

    private Iterator<JsonNode> groups() {
        return new Groups(client, GROUPS_A_PAGE, DETAILS_AT_ONCE).iterator();
    }

    private JsonNode get(Endpoint endpoint, String path) {
        if (client.get(endpoint, path) instanceof AgoraAnswer.Done done) {
            return done.body();
        }
        throw new Problem("CRV-488", client.settings().rest());
    }

    /** Everybody who has our mark in their attributes. */
    private final class Users extends Ahead {
        private final List<ObjectNode> waiting = new ArrayList<>();
        private String cursor = "";

        @Override
        ObjectNode find() {
            while (waiting.isEmpty() && cursor != null) {
                fill();
            }
            return waiting.isEmpty() ? null : waiting.remove(0);
        }

        private void fill() {
            var page = get(
                    Endpoint.USERS,
                    "/users?limit=" + USERS_A_PAGE
                            + (cursor.isEmpty() ? "" : "&cursor=" + AgoraClient.encoded(cursor)));
            cursor = page.path("cursor").asText(null);
            var names = Json.object();
            page.path("entities").forEach(user -> names.withArray("targets")
                    .add(user.path("username").asText()));
            if (names.path("targets").isEmpty()) {
                return;
            }
            names.putArray("properties").add("nickname").add("ext");
            var answer = client.postAgain(Endpoint.USERS, "/metadata/user/get", names);
            if (!(answer instanceof AgoraAnswer.Done done)) {
                throw new Problem("CRV-488", client.settings().rest());
            }
            for (var user : page.path("entities")) {
                var name = user.path("username").asText();
                var attributes = done.body().path("data").path(name);
                if (attributes.path("ext").asText().contains("caravan_id")) {
                    ObjectNode record = user.deepCopy();
                    record.set("attributes", attributes);
                    waiting.add(record);
                }
            }
        }
    }

    /** Groups, and behind them the one-to-one conversations, of which there is nothing but their messages. */
    private final class Conversations extends Ahead {
        private final Iterator<ObjectNode> groups = new Channels();
        private Iterator<String> direct;

        @Override
        ObjectNode find() {
            if (groups.hasNext()) {
                return groups.next();
            }
            if (direct == null) {
                direct = direct();
            }
            if (!direct.hasNext()) {
                return null;
            }
            var name = direct.next();
            var record = Json.object();
            var about = record.putObject("caravan").put("channel", name).put("type", "direct");
            List.of(name.split(",")).forEach(about.putArray("members")::add);
            return record;
        }

        private Iterator<String> direct() {
            try {
                return history.conversations().stream()
                        .filter(conversation -> conversation.startsWith(JoinedParts.DIRECT))
                        .map(conversation -> conversation.substring(JoinedParts.DIRECT.length()))
                        .iterator();
            } catch (Problem noHistory) {
                // the messages will say so
                return Collections.emptyIterator();
            }
        }
    }

    /** The messages of one conversation after the other. */
    private final class Messages extends Ahead {
        private final Iterator<String> conversations;
        private JoinedParts messages;

        Messages(List<String> conversations) {
            this.conversations = conversations.iterator();
        }

        @Override
        ObjectNode find() {
            while (messages == null || !messages.hasNext()) {
                if (!conversations.hasNext()) {
                    return null;
                }
                var conversation = conversations.next();
                messages = new JoinedParts(name(conversation), history.lines(conversation));
            }
            return files.hashed(messages.next());
        }
    }

    /** What the conversation is called there. */
    private synchronized String name(String conversation) {
        if (conversation.startsWith(JoinedParts.DIRECT)) {
            return conversation.substring(JoinedParts.DIRECT.length());
        }
        if (names == null) {
            var all = new HashMap<String, String>();
            groups().forEachRemaining(group -> all.put(
                    group.path("id").asText(), Groups.custom(group).path("name").asText()));
            names = all;
        }
        return names.getOrDefault(conversation, conversation);
    }

    private final class Channels extends Ahead {
        private final Iterator<JsonNode> groups = groups();

        @Override
        ObjectNode find() {
            while (groups.hasNext()) {
                var details = groups.next();
                var custom = Groups.custom(details);
                if (custom.has("caravan_id")) {
                    ObjectNode group = details.deepCopy();
                    group.putObject("caravan")
                            .put("channel", custom.path("name").asText())
                            .put("type", custom.path("type").asText())
                            .put("archived", custom.path("archived").asBoolean());
                    return group;
                }
            }
            return null;
        }
    }

    private final class Members extends Ahead {
        private static final int A_PAGE = 100;
        private final Iterator<ObjectNode> groups = new Channels();
        private final List<ObjectNode> waiting = new ArrayList<>();
        /** Nobody whose conversations are compared: bots, and whoever owns groups in the place of an unknown creator. */
        private final Set<String> others = new HashSet<>();

        Members() {
            others.add(client.settings().groupOwner());
            new Users().forEachRemaining(user -> {
                if (user.path("attributes").path("ext").asText().contains("\"bot\":true")) {
                    others.add(user.path("username").asText());
                }
            });
        }

        @Override
        ObjectNode find() {
            while (waiting.isEmpty() && groups.hasNext()) {
                members(groups.next());
            }
            return waiting.isEmpty() ? null : waiting.remove(0);
        }

        private void members(ObjectNode group) {
            for (int page = 1; ; page++) {
                var path =
                        "/chatgroups/" + group.path("id").asText() + "/users?pagenum=" + page + "&pagesize=" + A_PAGE;
                var members = get(Endpoint.GROUPS, path).path("data");
                for (var member : members) {
                    var user = member.path("member").asText(member.path("owner").asText());
                    if (!others.contains(user)) {
                        ObjectNode record = Json.object().put("user", user);
                        record.set("caravan", group.path("caravan"));
                        waiting.add(record);
                    }
                }
                if (members.size() < A_PAGE) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        history.close();
    }
}
