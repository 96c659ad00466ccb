package dev.caravan.connector.slack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.transform.cleanse.ByteRepair;
import dev.caravan.transport.RecordFramer;

/**
 * The elements of one entry, in order. What is wrong with one element is told about that element alone, except a
 * syntax error: from there on nobody can say where the next element begins, so the rest of the entry is one refusal.
 */
final class SourceRecords {

    /** Tree reading looks names up anyway, so noticing a repeated one costs nothing; STRICT_DUPLICATE_DETECTION does. */
    private static final ObjectReader JSON = new ObjectMapper(new JsonFactory())
            .readerFor(JsonNode.class)
            .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final RecordFramer framer;
    private final ByteRepair repair;

    SourceRecords(InputStream in, ReadLimits limits, ByteRepair repair) {
        this.framer = new RecordFramer(in, limits.recordBytes(), limits.keptBytes());
        this.repair = repair;
    }

    /** The next element, or null after the last. */
    SourceRecord next() throws IOException {
        return switch (framer.next()) {
            case END -> null;
            case WHOLE -> parsed(SlackSecrets.redact(framer.raw()));
            case TOO_LONG -> refused(framer.raw(), "record-too-large", "above caravan.source.max-record-bytes");
            case BROKEN -> refused(framer.rest(), "json-syntax", "not a JSON array from byte " + framer.offset());
        };
    }

    /** Parses again what {@link #next} has let pass. */
    static ObjectNode again(byte[] raw) throws IOException {
        return (ObjectNode) JSON.<JsonNode>readValue(raw);
    }

    private SourceRecord parsed(byte[] raw) throws IOException {
        if (isUtf8(raw)) {
            return parsed(raw, null);
        }
        var mended = repair.repair(raw);
        if (mended.isEmpty()) {
            return refused(raw, "invalid-utf8", repair.proposal(raw));
        }
        var done = mended.get();
        return parsed(SlackSecrets.redact(done.utf8()), done.ruleId());
    }

    private SourceRecord parsed(byte[] raw, String repairedBy) throws IOException {
        try {
            JsonNode tree = JSON.readValue(raw);
            return tree instanceof ObjectNode object
                    ? new SourceRecord(framer.index(), framer.offset(), raw, object, null, null, repairedBy)
                    : refused(raw, "not-an-object", tree.getNodeType() + " where an object belongs");
        } catch (StreamConstraintsException e) {
            return refused(raw, "json-limits", "nested too deep, or a name or number too long");
        } catch (MismatchedInputException e) {
            return refused(raw, "duplicate-key", "a name stands twice in one object");
        } catch (JsonProcessingException e) {
            long at = framer.offset() + Math.max(0, e.getLocation().getByteOffset());
            return refused(framer.rest(), "json-syntax", "JSON ends being JSON near byte " + at);
        }
    }

    private SourceRecord refused(byte[] raw, String cause, String detail) {
        var clean = SlackSecrets.redact(raw);
        return new SourceRecord(framer.index(), framer.offset(), clean, null, cause, detail, null);
    }

    /** Jackson lets overlong forms and encoded surrogates pass; the JDK's decoder does not. */
    private static boolean isUtf8(byte[] raw) {
        int at = 0;
        while (at < raw.length && raw[at] >= 0) {
            at++;
        }
        if (at == raw.length) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw, at, raw.length - at));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
