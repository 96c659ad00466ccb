package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Origin;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Refusal;
import dev.caravan.model.Tally;

/**
 * Batches of one kind, line by line. A position is {@code <lines read>.<records read of the next line>}: the records of
 * one line may fill several batches.
 */
final class PackageBatches implements BatchReader {

    /** Records. */
    static final int BATCH = 1000;

    /** Bytes of records, after which a batch is full: one person's line may hold thousands of memberships. */
    static final long BATCH_BYTES = 1 << 20;

    /** Bytes; four times what the server would read. */
    static final int MAX_LINE = 64 * 1024 * 1024;

    private final ObjectMapper json;
    private final Kind kind;
    private final PackageFile file;
    private final LineReader lines;
    private final PackageRecords records;
    private final Deque<PackageRecord> waiting = new ArrayDeque<>();
    private Refusal refused;
    private Origin origin;
    private long takenOfLine;
    private boolean ended;

    PackageBatches(ObjectMapper json, ReadRequest request, PackageFile file, Set<String> imported) {
        this.json = json;
        this.kind = request.kind();
        this.file = file;
        this.lines = new LineReader(file.content(), MAX_LINE);
        this.records = new PackageRecords(kind, file, imported);
        if (request.position() != null) {
            skip(request.position());
        }
    }

    @Override
    public boolean hasNext() {
        fill();
        return !ended;
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var items = new ArrayList<Item>(BATCH);
        var refusals = new ArrayList<Refusal>();
        var tally = Tally.NONE;
        long bytes = 0;
        for (int taken = 0; taken < BATCH && bytes < BATCH_BYTES; taken++) {
            fill();
            if (ended) {
                break;
            }
            if (refused != null) {
                refusals.add(refused);
                refused = null;
                continue;
            }
            var record = waiting.poll();
            takenOfLine++;
            if (record.source() == null) {
                tally = tally.plus(kind.word(), Tally.What.READ, 1)
                        .plus(kind.word(), Tally.What.FILTERED, MattermostRule.BROADCAST_COPY.id(), 1);
            } else {
                var item = item(record);
                items.add(item);
                bytes += item.raw().length;
                tally = tally.plus(kind.word(), Tally.What.MERGED, record.merged());
            }
        }
        return Batch.read(kind, Lane.WHOLE, position(), null, items, refusals).plusTally(tally);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private String position() {
        return waiting.isEmpty() ? lines.number() + ".0" : (lines.number() - 1) + "." + takenOfLine;
    }

    private void skip(String position) {
        int dot = position.indexOf('.');
        long done = Long.parseLong(position.substring(0, dot));
        while (lines.number() < done && line()) {
            waiting.clear();
            refused = null;
        }
        for (long records = Long.parseLong(position.substring(dot + 1)); records > 0; records--) {
            fill();
            waiting.poll();
            takenOfLine++;
        }
    }

    private void fill() {
        while (waiting.isEmpty() && refused == null && !ended) {
            ended = !line();
        }
    }

    private boolean line() {
        try {
            if (!lines.next()) {
                return false;
            }
            takenOfLine = 0;
            origin = new Origin(file.path().getFileName().toString(), file.entry(), lines.number() - 1, lines.offset());
            take(lines.line());
            return true;
        } catch (LineReader.LineTooLong e) {
            throw new Problem(e, "CRV-408", file.path(), e.number(), MAX_LINE);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void take(byte[] line) throws IOException {
        String type = LineType.of(line);
        if (line.length == 0 || type != null && !records.wants(type)) {
            return;
        }
        JsonNode tree;
        try {
            tree = json.readTree(line);
        } catch (JsonProcessingException e) {
            refuse(type, line, "json-syntax", "the line is not JSON");
            return;
        }
        if (type == null) {
            type = tree.path("type").asText("");
        }
        if (!records.holds(type)) {
            records.learn(type, tree.path(type));
        } else {
            if (tree.get(type) instanceof ObjectNode object) {
                waiting.addAll(records.of(type, object));
            } else {
                refuse(type, line, "not-an-object", "field " + type + " holds no object");
            }
        }
    }

    /** A line that does not even say what it is counts as a message: those are what must not get lost. */
    private void refuse(String type, byte[] line, String cause, String detail) {
        if (type == null ? kind == Kind.MESSAGE : records.holds(type)) {
            refused = new Refusal(kind, null, null, null, 0, origin, line, null, "read", cause, detail);
        }
    }

    /** A reply is part of a line; its bytes are written anew, in the order of the fields as read. */
    private Item item(PackageRecord record) {
        ObjectNode bare = record.source().objectNode();
        record.source().properties().forEach(field -> bare.set(field.getKey(), field.getValue()));
        bare.remove(List.of(Item.CONTEXT));
        try {
            return Item.read(origin, json.writeValueAsBytes(bare), record.source());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that was read can be written", e);
        }
    }

    private Problem unreadable(IOException e) {
        return new Problem(e, "CRV-407", file.path(), MattermostStage.reason(e));
    }
}
