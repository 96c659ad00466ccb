package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A staged post with the time it gets. Copied as it is when that is its own time; else only create_at is exchanged,
 * unless reactions have to follow, which alone costs a parse.
 */
final class PostBytes {

    private static final byte[] TIME = "{\"create_at\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REACTIONS = "\"reactions\":[".getBytes(StandardCharsets.US_ASCII);

    private final ObjectMapper json;

    PostBytes(ObjectMapper json) {
        this.json = json;
    }

    void whole(StagedLine line, long time, ByteText out) throws IOException {
        out.add("{");
        inner(line, time, out);
        out.add("}");
    }

    /** The object without its braces. */
    void inner(StagedLine line, long time, ByteText out) throws IOException {
        if (line.time() == time) {
            out.add(line.bytes(), line.from() + 1, line.length() - 2);
        } else if (contains(line, REACTIONS)) {
            byte[] bytes = json.writeValueAsBytes(moved(tree(line), time));
            out.add(bytes, 1, bytes.length - 2);
        } else {
            int rest = line.from() + TIME.length;
            while (line.bytes()[rest] >= '0' && line.bytes()[rest] <= '9') {
                rest++;
            }
            out.add(TIME, 1, TIME.length - 1).add(time).add(line.bytes(), rest, line.to() - 1 - rest);
        }
    }

    ObjectNode tree(StagedLine line) throws IOException {
        return (ObjectNode) json.readTree(line.bytes(), line.from(), line.length());
    }

    static ObjectNode moved(ObjectNode post, long time) {
        post.put(StagedLine.CREATE_AT, time);
        for (JsonNode reaction : post.path("reactions")) {
            long own = reaction.path(StagedLine.CREATE_AT).asLong();
            ((ObjectNode) reaction).put(StagedLine.CREATE_AT, Math.max(own, time));
        }
        return post;
    }

    /** Inside a string the quotes would be escaped, so a hit is a field. */
    private static boolean contains(StagedLine line, byte[] wanted) {
        byte[] bytes = line.bytes();
        for (int i = line.from(); i <= line.to() - wanted.length; i++) {
            int k = 0;
            while (k < wanted.length && bytes[i + k] == wanted[k]) {
                k++;
            }
            if (k == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
