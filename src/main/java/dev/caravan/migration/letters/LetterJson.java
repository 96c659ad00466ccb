package dev.caravan.migration.letters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Takes the bytes of a letter apart into records, as strictly as a reader does. */
final class LetterJson {

    /** Cause of a letter that holds what was left of an entry when its JSON broke: any number of records. */
    static final String REST_OF_ENTRY = "json-syntax";

    private static final ObjectReader ELEMENT =
            new ObjectMapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final ObjectReader WHOLE = ELEMENT.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private LetterJson() {}

    /** @param raw the bytes of this record alone */
    record Piece(byte[] raw, ObjectNode tree) {}

    /**
     * Why bytes are no record, in the words of the readers.
     *
     * @param line from 1; 0 when the whole is meant
     */
    static final class Unreadable extends Exception {

        private final String cause;
        private final transient int line;
        private final transient int column;

        Unreadable(String cause, String detail, int line, int column) {
            super(detail, null, false, false);
            this.cause = cause;
            this.line = line;
            this.column = column;
        }

        String cause() {
            return cause;
        }

        int line() {
            return line;
        }

        int column() {
            return column;
        }
    }

    /** One JSON object. */
    static ObjectNode object(byte[] raw) throws Unreadable {
        try {
            return object(WHOLE.<JsonNode>readValue(raw), 0, 0);
        } catch (IOException e) {
            throw unreadable(e, 0);
        }
    }

    /**
     * The records in what was left of an entry: an array, or objects one after the other, with or without commas and the
     * closing bracket of the entry.
     */
    static List<Piece> objects(byte[] raw) throws Unreadable {
        var text = new String(raw, StandardCharsets.ISO_8859_1).stripTrailing();
        var start = text.stripLeading();
        if (start.isEmpty()) {
            return List.of();
        }
        if (start.startsWith("[")) {
            return array(raw, 0);
        }
        Unreadable asList;
        try {
            return array(listOf(text, text.length() - start.length()), 1);
        } catch (Unreadable e) {
            asList = e;
        }
        try {
            return concatenated(raw);
        } catch (Unreadable neither) {
            throw asList;
        }
    }

    /** In brackets, if need be; a comma at either end goes. Everything else keeps its place, so that errors have theirs. */
    private static byte[] listOf(String text, int start) {
        var list = new StringBuilder("[").append(text);
        if (text.charAt(start) == ',') {
            list.setCharAt(start + 1, ' ');
        }
        if (text.endsWith(",")) {
            list.setLength(list.length() - 1);
        }
        if (!text.endsWith("]")) {
            list.append(']');
        }
        return list.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<Piece> array(byte[] raw, int prefix) throws Unreadable {
        try (JsonParser parser = ELEMENT.createParser(raw)) {
            parser.nextToken();
            var pieces = new ArrayList<Piece>();
            while (parser.nextToken() != null && !parser.currentToken().isStructEnd()) {
                pieces.add(piece(raw, parser));
            }
            if (parser.nextToken() != null) {
                throw at(parser, REST_OF_ENTRY, "something follows the end of the list", prefix);
            }
            return pieces;
        } catch (IOException e) {
            throw unreadable(e, prefix);
        }
    }

    private static List<Piece> concatenated(byte[] raw) throws Unreadable {
        try (JsonParser parser = ELEMENT.createParser(raw)) {
            var pieces = new ArrayList<Piece>();
            while (parser.nextToken() != null) {
                pieces.add(piece(raw, parser));
            }
            return pieces;
        } catch (IOException e) {
            throw unreadable(e, 0);
        }
    }

    private static Piece piece(byte[] raw, JsonParser parser) throws IOException, Unreadable {
        var start = parser.currentTokenLocation();
        JsonNode node = ELEMENT.readTree(parser);
        var bytes = Arrays.copyOfRange(
                raw, (int) start.getByteOffset(), (int) parser.currentLocation().getByteOffset());
        return new Piece(bytes, object(node, start.getLineNr(), start.getColumnNr()));
    }

    private static ObjectNode object(JsonNode node, int line, int column) throws Unreadable {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new Unreadable("not-an-object", node.getNodeType() + " where an object belongs", line, column);
    }

    private static Unreadable at(JsonParser parser, String cause, String detail, int prefix) {
        var place = parser.currentTokenLocation();
        return new Unreadable(cause, detail, place.getLineNr(), column(place.getLineNr(), place.getColumnNr(), prefix));
    }

    private static Unreadable unreadable(IOException e, int prefix) {
        if (!(e instanceof JsonProcessingException json) || json.getLocation() == null) {
            return new Unreadable(REST_OF_ENTRY, "no JSON", 0, 0);
        }
        int line = json.getLocation().getLineNr();
        int column = column(line, json.getLocation().getColumnNr(), prefix);
        if (e instanceof StreamConstraintsException) {
            return new Unreadable("json-limits", "nested too deep, or a name or number too long", line, column);
        }
        return e instanceof MismatchedInputException
                ? new Unreadable("duplicate-key", "a name stands twice in one object", line, column)
                : new Unreadable(REST_OF_ENTRY, "JSON ends being JSON here", line, column);
    }

    private static int column(int line, int column, int prefix) {
        return line == 1 ? column - prefix : column;
    }
}
