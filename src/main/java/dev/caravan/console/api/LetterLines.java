package dev.caravan.console.api;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.ledger.Letter;
import dev.caravan.migration.letters.Letters.Mended;
import dev.caravan.model.Problem;

/**
 * Dead letters as JSON lines: {@code id}, {@code hash} of the bytes as read, {@code cause}, and {@code record}, the text a
 * replay sends; {@code bytes} in Base64 instead where that is no UTF-8.
 */
final class LetterLines {

    private final ObjectMapper json;

    LetterLines(ObjectMapper json) {
        this.json = json;
    }

    void write(Letter letter, OutputStream out) {
        var head = letter.head();
        var line = json.createObjectNode()
                .put("id", head.id())
                .put("hash", head.contentHash())
                .put("cause", head.cause());
        try {
            line.put(
                    "record",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(letter.current()))
                            .toString());
        } catch (CharacterCodingException notUtf8) {
            line.put("bytes", letter.current());
        }
        try {
            out.write(json.writeValueAsBytes(line));
            out.write('\n');
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** @throws Problem CRV-589 for what is no such line */
    Mended read(String line) {
        try {
            var read = json.readTree(line);
            var record = read.path("record");
            if (!read.path("id").isIntegralNumber() || !record.isTextual() && !read.has("bytes")) {
                throw new Problem("CRV-589");
            }
            return new Mended(
                    read.path("id").asLong(),
                    read.path("hash").asText(),
                    record.isTextual()
                            ? record.asText().getBytes(StandardCharsets.UTF_8)
                            : read.path("bytes").binaryValue());
        } catch (JsonProcessingException noJson) {
            throw new Problem(noJson, "CRV-589");
        } catch (IOException noBase64) {
            throw new Problem(noBase64, "CRV-589");
        }
    }
}
