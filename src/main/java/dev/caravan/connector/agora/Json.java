package dev.caravan.connector.agora;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON trees, bytes and back. */
final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Of bytes that we wrote ourselves. */
    static JsonNode read(byte[] ours) {
        try {
            return MAPPER.readTree(ours);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null when it is none: an HTML page, half an answer. */
    static JsonNode readOrNull(byte[] theirs) {
        try {
            return MAPPER.readTree(theirs);
        } catch (IOException notJson) {
            return null;
        }
    }

    /** How many bytes it takes on the wire. */
    static int bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** How many bytes a character takes inside a string: escaped where JSON wants that, else UTF-8. */
    static int bytes(int codePoint) {
        if (codePoint < ' ') {
            return "\b\t\n\f\r".indexOf(codePoint) >= 0 ? 2 : 6;
        }
        if (codePoint == '"' || codePoint == '\\') {
            return 2;
        }
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }
}
