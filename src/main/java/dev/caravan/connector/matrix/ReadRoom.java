package dev.caravan.connector.matrix;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A room that is to be read.
 *
 * @param reader who reads it: somebody who is in it
 * @param type public, private or direct
 * @param name its name on the target
 * @param members user ids of who is in it
 */
record ReadRoom(String id, String reader, String type, String name, List<String> members) {

    /** Channels by name, then direct conversations by their people. */
    String order() {
        return (type.equals("direct") ? "1" : "0") + name + "/";
    }

    String path() {
        return "/rooms/" + MatrixIds.encoded(id);
    }

    ObjectNode context(MatrixIds ids) {
        var context = JsonNodeFactory.instance.objectNode().put("channel", name).put("type", type);
        ArrayNode names = context.putArray("members");
        members.stream().map(ids::nameOf).sorted().forEach(names::add);
        return context;
    }

    /** Content of a piece of state, empty when there is none. */
    JsonNode state(MatrixClient client, String type) throws MatrixFailure {
        try {
            return client.get(path() + "/state/" + type, reader);
        } catch (MatrixFailure failure) {
            if (failure.isNotFound()) {
                return JsonNodeFactory.instance.objectNode();
            }
            throw failure;
        }
    }
}
