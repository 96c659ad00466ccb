package dev.caravan.connector.matrix;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The pinned events of a room: one list in its state, which has to be read and written as a whole. */
final class Pins {

    private Pins() {}

    static List<String> read(MatrixClient client, String path, String user) throws MatrixFailure {
        var pinned = new ArrayList<String>();
        try {
            client.get(path, user).path("pinned").forEach(event -> pinned.add(event.asText()));
        } catch (MatrixFailure failure) {
            if (!failure.isNotFound()) {
                throw failure;
            }
        }
        return pinned;
    }

    static ObjectNode content(List<String> pinned) {
        var content = JsonNodeFactory.instance.objectNode();
        pinned.forEach(content.putArray("pinned")::add);
        return content;
    }
}
