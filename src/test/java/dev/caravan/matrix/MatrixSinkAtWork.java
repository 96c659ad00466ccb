package dev.caravan.matrix;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The sink without the road; what it brought is read back by Mara. */
abstract class MatrixSinkAtWork extends SynapseAtWork {

    static final ObjectMapper JSON = new ObjectMapper();

    static boolean isReplacement(JsonNode event) {
        return event.at("/content/m.relates_to/rel_type").asText().equals("m.replace");
    }

    String path(MatrixBatches batches) {
        return "/rooms/" + Synapse.encoded(room(batches));
    }

    /** Mara joins, as anybody may. */
    String room(MatrixBatches batches) {
        return synapse.post(
                        "/join/" + Synapse.encoded("#" + batches.alias() + ":localhost"), JSON.createObjectNode(), mara)
                .path("room_id")
                .asText();
    }

    List<String> members(MatrixBatches batches) {
        var members = new ArrayList<String>();
        synapse.get("/rooms/" + Synapse.encoded(room(batches)) + "/joined_members", mara)
                .path("joined")
                .fieldNames()
                .forEachRemaining(members::add);
        return members;
    }

    List<JsonNode> messages(MatrixBatches batches) {
        return events(batches, "m.room.message").stream()
                .filter(event -> !isReplacement(event))
                .toList();
    }

    List<JsonNode> events(MatrixBatches batches, String type) {
        return all(batches).stream()
                .filter(event -> event.path("type").asText().equals(type)
                        && !event.path("content").isEmpty())
                .toList();
    }

    List<JsonNode> all(MatrixBatches batches) {
        var events = new ArrayList<JsonNode>();
        synapse.get("/rooms/" + Synapse.encoded(room(batches)) + "/messages?dir=f&limit=500", mara)
                .path("chunk")
                .forEach(events::add);
        return events;
    }
}
