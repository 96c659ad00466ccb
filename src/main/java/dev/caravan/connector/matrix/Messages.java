package dev.caravan.connector.matrix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Outcome;
import dev.caravan.model.Sha256;
import dev.caravan.transport.TargetIds;

/**
 * Sends one message: its pieces, the time of its last edit, its reactions and its pin, one after the other, each as who did
 * it and with the time it happened. What a look-up found there already is not sent again.
 */
final class Messages {

    static final String EDIT = "edit";
    static final String REACTION = "reaction";

    /** Field of a reaction that a later run added to a message which was there. */
    static final String LATE = "dev.caravan.late";

    private static final String RELATES_TO = "m.relates_to";
    private static final String REL_TYPE = "rel_type";
    private static final String EVENT_ID = "event_id";
    private static final String CONTENT = "content";
    private static final int HASH = 8;

    private final MatrixClient client;
    private final Rooms rooms;
    private final TargetIds ids;

    Messages(MatrixClient client, Rooms rooms, TargetIds ids) {
        this.client = client;
        this.rooms = rooms;
        this.ids = ids;
    }

    /**
     * @param files folder of the files the message names; null when there is none
     * @param found event ids of what is there already, by piece
     * @param inBatch event ids of the messages of this batch so far, by source id; the new one is added
     */
    Outcome deliver(Item item, ObjectNode message, Path files, Map<String, String> found, Map<String, String> inBatch)
            throws MatrixFailure {
        var room =
                rooms.find(message.path("room").asText(), message.path("host").asText(null));
        var one = new One(item, message, room, files, found);
        letIn(room, message);
        try {
            if (item.target().present() == null) {
                one.pieces(root(item, inBatch));
            } else {
                one.replace(item.target().present());
            }
            inBatch.put(item.id(), one.main);
            one.reactions();
            one.pin();
        } catch (MatrixFailure failure) {
            throw one.sent ? failure.inPart() : failure;
        }
        return new Outcome.Accepted(one.main, null, one.effects);
    }

    /** Whoever wrote here and has left since comes in for as long as it takes to say it. */
    private void letIn(Room room, JsonNode message) throws MatrixFailure {
        long time = message.path("time").asLong();
        rooms.join(room, message.path("sender").asText(), time, guest());
        for (var reaction : message.path("reactions")) {
            rooms.join(room, reaction.path("sender").asText(), time, guest());
        }
    }

    private static ObjectNode guest() {
        return JsonNodeFactory.instance.objectNode().put(Room.GUEST, true);
    }

    private Optional<String> root(Item item, Map<String, String> inBatch) {
        var canonical = item.canonical();
        var thread = canonical.path("thread").asText(null);
        if (thread == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(inBatch.get(thread))
                .or(() -> ids.ofMessage(
                        canonical.path("channel").asText(),
                        canonical.path("threadTime").asLong(),
                        thread));
    }

    private final class One {

        private final Item item;
        private final ObjectNode message;
        private final Room room;
        private final Path files;
        private final Map<String, String> found;
        private final String sender;
        private final long time;
        private final List<Effect> effects = new ArrayList<>();
        private String main;
        private boolean sent;

        One(Item item, ObjectNode message, Room room, Path files, Map<String, String> found) {
            this.item = item;
            this.message = message;
            this.room = room;
            this.files = files;
            this.found = found;
            this.sender = message.path("sender").asText();
            this.time = message.path("time").asLong();
        }

        void pieces(Optional<String> root) throws MatrixFailure {
            for (var piece : message.path("pieces")) {
                var content = (ObjectNode) piece.path(CONTENT).deepCopy();
                if (root.isPresent() && !piece.path("main").asBoolean()) {
                    thread(content, root.get());
                }
                if (piece.has("from") && !found.containsKey(name(content))) {
                    upload(content, piece.path("from").asText());
                }
                var event = event("m.room.message", sender, time, content);
                main = main == null ? event : main;
            }
            if (message.has("edited") && isText()) {
                edit(main, message.path("edited").asLong(), EDIT);
            }
        }

        /** What changed at the source since it was sent: the text is replaced, if it is another one. */
        void replace(String present) throws MatrixFailure {
            main = present;
            if (!isText()) {
                return;
            }
            var there = client.get(room.path() + "/event/" + MatrixIds.encoded(present), room.host());
            var latest = there.path("unsigned")
                    .path("m.relations")
                    .path("m.replace")
                    .path(CONTENT)
                    .path("m.new_content");
            var body = (latest.isMissingNode() ? there.path(CONTENT) : latest).path("body");
            if (!body.equals(message.at("/pieces/0/content/body"))) {
                edit(present, Math.max(time, message.path("edited").asLong()), EDIT + "-" + hash());
            }
        }

        void reactions() throws MatrixFailure {
            for (var reaction : message.path("reactions")) {
                var key = reaction.path("key").asText();
                var by = reaction.path("sender").asText();
                var content = JsonNodeFactory.instance.objectNode();
                content.putObject(RELATES_TO)
                        .put(REL_TYPE, "m.annotation")
                        .put(EVENT_ID, main)
                        .put("key", key);
                own(content, REACTION + " " + by + " " + key);
                if (item.target().present() != null) {
                    content.put(LATE, true);
                }
                try {
                    event("m.reaction", by, time, content);
                } catch (MatrixFailure failure) {
                    // Two people who became one, or two names of one emoji: it counts once.
                    if (!failure.is("M_DUPLICATE_ANNOTATION")) {
                        throw failure;
                    }
                }
            }
        }

        void pin() throws MatrixFailure {
            if (!message.path("pinned").asBoolean()) {
                return;
            }
            var path = room.path() + "/state/m.room.pinned_events";
            var pinned = Pins.read(client, path, room.host());
            if (!pinned.contains(main)) {
                pinned.add(main);
                client.put(path, room.host(), time, Pins.content(pinned));
            }
            effects.add(Effects.pin(room, main));
        }

        private boolean isText() {
            return message.at("/pieces/0/content/" + MatrixShape.PIECE).asText().equals(MatrixShape.TEXT);
        }

        private void edit(String event, long at, String piece) throws MatrixFailure {
            var text = message.path("pieces").get(0).path(CONTENT);
            var content = JsonNodeFactory.instance.objectNode();
            content.set("msgtype", text.path("msgtype"));
            content.put("body", "* " + text.path("body").asText());
            content.putObject("m.mentions");
            content.set("m.new_content", text);
            content.putObject(RELATES_TO).put(REL_TYPE, "m.replace").put(EVENT_ID, event);
            own(content, piece);
            event("m.room.message", sender, at, content);
        }

        private void upload(ObjectNode content, String from) throws MatrixFailure {
            var file = files == null ? Path.of(from) : files.resolve(from);
            var name = content.path("filename").asText("file");
            var type = content.path("info").path("mimetype").asText("application/octet-stream");
            try {
                if (!MatrixClient.isReadable(file)) {
                    throw MatrixFailure.denied(0, "file-unreadable");
                }
                var mxc = client.upload(file, name, type, sender);
                content.put("url", mxc);
                effects.add(Effects.file(mxc));
            } catch (MatrixFailure failure) {
                if (!failure.isDenied()) {
                    throw failure;
                }
                content.put("msgtype", "m.notice").put("body", name + " (not taken by the server)");
                content.withObjectProperty("dev.caravan.file").put("name", name).put("state", "absent");
            }
        }

        private String event(String type, String by, long at, ObjectNode content) throws MatrixFailure {
            var piece = name(content);
            var event = found.get(piece);
            if (event == null) {
                event = client.put(room.path() + "/send/" + type + "/" + transaction(piece), by, at, content)
                        .path(EVENT_ID)
                        .asText("");
                if (event.isEmpty()) {
                    throw MatrixFailure.doubt();
                }
                sent = true;
            }
            effects.add(Effects.event(room, event));
            return event;
        }

        private void own(ObjectNode content, String piece) {
            content.put(MatrixShape.ID, item.id()).put(MatrixShape.PIECE, piece);
        }

        private String hash() {
            return HexFormat.of().formatHex(item.target().hash(), 0, HASH);
        }

        /** A function of what is sent, so that a homeserver that still remembers it takes it once. */
        private String transaction(String piece) {
            return Sha256.hex(item.id() + "\n" + hash() + "\n" + piece, 4 * HASH);
        }
    }

    private static String name(JsonNode content) {
        return content.path(MatrixShape.PIECE).asText();
    }

    private static void thread(ObjectNode content, String root) {
        content.putObject(RELATES_TO)
                .put(REL_TYPE, "m.thread")
                .put(EVENT_ID, root)
                .put("is_falling_back", true)
                .putObject("m.in_reply_to")
                .put(EVENT_ID, root);
    }
}
