package dev.caravan.fakechat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Item;
import dev.caravan.model.Origin;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.transport.http.Reply;

/** What the chat holds of one kind, page by page. A position is the id of the last object read. */
final class FakeChatPages implements BatchReader {

    private static final int PAGE = 500;

    private final FakeChatCalls calls;
    private final ReadRequest request;
    private final FakeKind kind;
    private String position;
    private long index;
    private boolean more = true;
    private JsonNode page;

    FakeChatPages(FakeChatCalls calls, ReadRequest request, FakeKind kind) {
        this.calls = calls;
        this.request = request;
        this.kind = kind;
        this.position = request.position();
    }

    @Override
    public boolean hasNext() {
        if (page == null && more) {
            var reply = calls.ask(
                    "GET",
                    "/" + kind.word() + "?limit=" + PAGE + channel() + (position == null ? "" : "&after=" + position),
                    null);
            page = calls.tree(reply).path("items");
            if (!(reply instanceof Reply.Answer answer) || answer.status() != 200 || !page.isArray()) {
                throw new Problem("CRV-201", "caravan.sink.url");
            }
            more = page.size() == PAGE;
        }
        return page != null && !page.isEmpty();
    }

    /** One conversation by its id, or all there is. */
    private String channel() {
        var conversations = request.lane().conversations();
        return conversations.isEmpty() ? "" : "&channel=" + conversations.get(0);
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var items = new ArrayList<Item>(page.size());
        for (var object : page) {
            var raw = object.toString().getBytes(StandardCharsets.UTF_8);
            var source = (ObjectNode) object;
            source.putObject(Item.CONTEXT).put("channel", source.path("channel").asText(null));
            items.add(Item.read(new Origin("fakechat", kind.word(), index++, -1), raw, source));
            position = object.path("id").asText();
        }
        page = null;
        return Batch.read(request.kind(), request.lane(), position, null, items, List.of());
    }

    @Override
    public void close() {
        // No page is held open.
    }
}
