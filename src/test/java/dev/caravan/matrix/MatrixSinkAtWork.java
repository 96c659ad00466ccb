package dev.caravan.matrix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The sink against a real homeserver, without the road; read back by an ordinary member who is no part of it. */
abstract class MatrixSinkAtWork {

    @TempDir
    static Path server;

    static final ObjectMapper JSON = new ObjectMapper();

    static Synapse synapse;
    static String mara;

    @BeforeAll
    static void start() {
        synapse = Synapse.start(server);
        mara = synapse.member("mara");
    }

    @AfterAll
    static void stop() {
        if (synapse != null) {
            synapse.close();
        }
    }

    static boolean isReplacement(JsonNode event) {
        return event.at("/content/m.relates_to/rel_type").asText().equals("m.replace");
    }

    static String path(MatrixBatches batches) {
        return "/rooms/" + Synapse.encoded(room(batches));
    }

    /** Mara joins, as anybody may. */
    static String room(MatrixBatches batches) {
        return synapse.post(
                        "/join/" + Synapse.encoded("#" + batches.alias() + ":localhost"), JSON.createObjectNode(), mara)
                .path("room_id")
                .asText();
    }

    static List<String> members(MatrixBatches batches) {
        var members = new ArrayList<String>();
        synapse.get("/rooms/" + Synapse.encoded(room(batches)) + "/joined_members", mara)
                .path("joined")
                .fieldNames()
                .forEachRemaining(members::add);
        return members;
    }

    static List<JsonNode> messages(MatrixBatches batches) {
        return events(batches, "m.room.message").stream()
                .filter(event -> !isReplacement(event))
                .toList();
    }

    static List<JsonNode> events(MatrixBatches batches, String type) {
        return all(batches).stream()
                .filter(event -> event.path("type").asText().equals(type)
                        && !event.path("content").isEmpty())
                .toList();
    }

    static List<JsonNode> all(MatrixBatches batches) {
        var events = new ArrayList<JsonNode>();
        synapse.get("/rooms/" + Synapse.encoded(room(batches)) + "/messages?dir=f&limit=500", mara)
                .path("chunk")
                .forEach(events::add);
        return events;
    }
}
