package dev.caravan.connector.jsonlines;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Item;
import dev.caravan.model.Origin;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Refusal;

/** One reading of a file of JSON lines. A line that is no JSON object is refused alone. */
final class JsonLinesReader implements BatchReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final ReadRequest request;
    private final int batchSize;
    private final InputStream lines;
    private long line;
    private long offset;
    private byte[] next;

    JsonLinesReader(Path path, ReadRequest request, int batchSize, InputStream file) {
        this.path = path;
        this.request = request;
        this.batchSize = batchSize;
        this.lines = new BufferedInputStream(file, 1 << 16);
        long done = request.position() == null ? 0 : Long.parseLong(request.position());
        next = readLine();
        while (line < done && next != null) {
            advance();
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Batch next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        List<Item> items = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        while (next != null && items.size() + refused.size() < batchSize) {
            if (next.length > 0) {
                take(items, refused);
            }
            advance();
        }
        return Batch.read(request.kind(), request.lane(), Long.toString(line), null, items, refused);
    }

    private void take(List<Item> items, List<Refusal> refused) {
        var origin = new Origin(path.getFileName().toString(), "line", line, offset);
        try {
            if (JSON.readTree(next) instanceof ObjectNode record) {
                record.putObject(Item.CONTEXT);
                items.add(Item.read(origin, next, record));
            } else {
                refused.add(refusal(origin, "not-an-object", "a line holds one JSON object"));
            }
        } catch (JsonProcessingException broken) {
            refused.add(refusal(
                    origin, "json-syntax", "column " + broken.getLocation().getColumnNr()));
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-150", path, unreadable.getMessage());
        }
    }

    private Refusal refusal(Origin origin, String cause, String detail) {
        return new Refusal(
                request.kind(), null, null, null, 0, origin, next, JSON.createObjectNode(), "read", cause, detail);
    }

    private void advance() {
        line++;
        offset += next.length + 1L;
        next = readLine();
    }

    private byte[] readLine() {
        try {
            var bytes = new ByteArrayOutputStream(512);
            int b = lines.read();
            if (b < 0) {
                return null;
            }
            for (; b >= 0 && b != '\n'; b = lines.read()) {
                bytes.write(b);
            }
            return bytes.toByteArray();
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-150", path, unreadable.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-150", path, unreadable.getMessage());
        }
    }
}
