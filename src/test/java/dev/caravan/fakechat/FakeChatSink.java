package dev.caravan.fakechat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import dev.caravan.transport.LiveSink;
import dev.caravan.transport.Silence;
import dev.caravan.transport.TargetIds;
import dev.caravan.transport.http.Reply;

/** The sink for {@link FakeChat}, as a user of Caravan would add one. Its Kamelets call it as {@code fakechatSink}. */
public final class FakeChatSink implements LiveSink {

    private final ObjectMapper json = new ObjectMapper();
    private FakeChatCalls calls;
    private TargetIds ids;
    private long settleMs;
    private int itemsPerCall;

    @Override
    public String sinkKind() {
        return "fakechat";
    }

    /** Property {@code settleMs} is the longest the chat may take to show what it took, in ms. */
    @Override
    public void open(Map<String, String> properties, TargetIds targetIds) {
        calls = new FakeChatCalls(json, properties);
        ids = targetIds;
        settleMs = Long.parseLong(properties.getOrDefault("settleMs", "1000"));
        itemsPerCall = Integer.parseInt(properties.getOrDefault("itemsPerCall", "60"));
    }

    @Override
    public Optional<Silence.Known> silence() {
        return calls == null ? Optional.empty() : calls.silence();
    }

    @Override
    public void close() {
        if (calls != null) {
            calls.close();
        }
    }

    public Batch deliver(Batch batch) {
        var outcomes = new FakeChatPortion(json, calls, ids, kind(batch.kind()), itemsPerCall)
                .send(batch.items())
                .iterator();
        return batch.withItems(batch.items().stream()
                .map(item -> item.withOutcome(outcomes.next()))
                .toList());
    }

    /** What is not there is looked up a second time, later: the chat may take what it answered 500 for. */
    public Batch lookUp(Batch batch) throws InterruptedException {
        var first = lookedUp(batch);
        if (first.items().stream().allMatch(item -> item.outcome() != null)) {
            return first;
        }
        Thread.sleep(settleMs);
        return lookedUp(batch);
    }

    public List<Undone> undo(Undo undo) {
        var undoing = new FakeChatUndo(calls);
        var undone = new ArrayList<Undone>();
        undo.effects().forEach(effect -> undone.add(undoing.undo(effect, undo.dryRun())));
        return undone;
    }

    public BatchReader read(ReadRequest request) {
        return request.kind() == Kind.EMOJI
                ? BatchReader.NOTHING
                : new FakeChatPages(calls, request, kind(request.kind()));
    }

    /** While the chat says nothing, all after the first stay in doubt: a call for each would wait for each. */
    private Batch lookedUp(Batch batch) {
        var kind = kind(batch.kind());
        var items = new ArrayList<Item>(batch.items().size());
        Outcome last = null;
        for (var item : batch.items()) {
            last = last instanceof Outcome.Unknown ? last : lookedUp(kind, item);
            items.add(item.withOutcome(last));
        }
        return batch.withItems(items);
    }

    /** Null when it is not there; of an edit always, as sending it again does no harm. */
    private Outcome lookedUp(FakeKind kind, Item item) {
        if (item.target().present() != null) {
            return null;
        }
        var reply = calls.ask("GET", "/" + kind.word() + "?source=" + FakeChatCalls.query(source(item)), null);
        var found = calls.tree(reply).path("items");
        if (!(reply instanceof Reply.Answer answer) || answer.status() != 200 || !found.isArray()) {
            return new Outcome.Unknown();
        }
        return found.isEmpty()
                ? null
                : FakeChatOutcomes.accepted(
                        kind,
                        found.path(0).path("id").asText(),
                        found.path(0).path("version").asInt());
    }

    private String source(Item item) {
        try {
            JsonNode payload = json.readTree(item.target().payload());
            return payload.path("source").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FakeKind kind(Kind kind) {
        return FakeKind.valueOf(kind.name() + "S");
    }
}
