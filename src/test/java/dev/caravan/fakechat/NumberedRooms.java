package dev.caravan.fakechat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Origin;
import dev.caravan.model.ReadRequest;

/** A source that needs no file and no memory: one person says the numbers from 0 in some rooms. A position is a number. */
public final class NumberedRooms {

    /** Messages that were read in this process. */
    private static final AtomicInteger READ = new AtomicInteger();

    private final ObjectMapper json = new ObjectMapper();
    private int rooms;
    private int messages;
    private int batchSize;

    static int messagesRead() {
        return READ.get();
    }

    public void setRooms(int number) {
        rooms = number;
    }

    /** In each room. */
    public void setMessages(int number) {
        messages = number;
    }

    public void setBatchSize(int records) {
        batchSize = records;
    }

    public BatchReader read(ReadRequest request) {
        return switch (request.kind()) {
            case USER -> new Numbered(request, 1, n -> json.createObjectNode().put("name", "ann"));
            case CHANNEL -> new Numbered(
                    request, rooms, n -> json.createObjectNode().put("name", room(n)));
            case MESSAGE -> {
                var room = request.lane().id();
                yield new Numbered(request, messages, n -> json.createObjectNode()
                        .put("room", room)
                        .put("id", id(room, n))
                        .put("at", 1_700_000_000L + n));
            }
            default -> BatchReader.NOTHING;
        };
    }

    static String room(int number) {
        return "room" + number;
    }

    /** Of a message. */
    static String id(String room, int number) {
        return room + "/" + number;
    }

    private final class Numbered implements BatchReader {
        private final ReadRequest request;
        private final int all;
        private final IntFunction<ObjectNode> record;
        private int next;

        private Numbered(ReadRequest request, int all, IntFunction<ObjectNode> record) {
            this.request = request;
            this.all = all;
            this.record = record;
            this.next = request.position() == null ? 0 : Integer.parseInt(request.position());
        }

        @Override
        public boolean hasNext() {
            return next < all;
        }

        @Override
        public Batch next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            var items = new ArrayList<Item>(batchSize);
            for (int end = Math.min(all, next + batchSize); next < end; next++) {
                var source = record.apply(next);
                var raw = source.toString().getBytes(StandardCharsets.UTF_8);
                source.putObject(Item.CONTEXT);
                items.add(Item.read(new Origin("rooms", request.kind().word(), next, -1), raw, source));
            }
            if (request.kind() == Kind.MESSAGE) {
                READ.addAndGet(items.size());
            }
            return Batch.read(request.kind(), request.lane(), Integer.toString(next), null, items, List.of());
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
