package dev.caravan.fakechat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Origin;
import dev.caravan.model.Outcome;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Target;
import dev.caravan.model.Undo;
import dev.caravan.transport.MessageIds;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sink, and the chat as a process of its own with a lobby, a cellar and Ann. */
@Timeout(60)
abstract class FakeChatSinkAtWork {

    static final Outcome HELD_BACK = new Outcome.Retry(Duration.ZERO);
    static final Outcome UNKNOWN = new Outcome.Unknown();

    static FakeChatProcess chat;

    final Map<String, String> roots = new TreeMap<>();
    FakeChatSink sink;

    @BeforeAll
    static void start(@TempDir Path folder) {
        chat = FakeChatProcess.start(folder, "secret=s");
    }

    @AfterAll
    static void end() {
        chat.close();
    }

    @BeforeEach
    void open() {
        chat.clearFaults();
        sink = sink(chat.port(), "s");
        if (sink.read(new ReadRequest(Kind.USER, Lane.WHOLE, null)).hasNext()) {
            there().forEach(message -> sink.undo(new Undo(List.of(effect(message)), false)));
        } else {
            deliver(Kind.USER, "{'source': 'A', 'name': 'ann'}");
            deliver(Kind.CHANNEL, "{'source': 'L', 'name': 'lobby'}", "{'source': 'C', 'name': 'cellar'}");
        }
    }

    @AfterEach
    void close() {
        sink.close();
    }

    FakeChatSink sink(int port, String secret) {
        var opened = new FakeChatSink();
        var properties =
                Map.of("url", "http://127.0.0.1:" + port, "secret", secret, "timeoutMs", "700", "settleMs", "600");
        MessageIds ids =
                (conversation, time, id) -> Optional.ofNullable(roots.get(conversation + "/" + id + "/" + time));
        opened.open(properties, ids);
        return opened;
    }

    List<Outcome> messages(String... sources) {
        return sink.deliver(messageBatch(sources)).items().stream()
                .map(Item::outcome)
                .toList();
    }

    static Batch messageBatch(String... sources) {
        return batch(
                Kind.MESSAGE,
                Arrays.stream(sources)
                        .map(source -> item("{'source': '" + source + "', 'channel': 'lobby', 'author': 'ann'}"))
                        .toList());
    }

    List<Outcome> deliver(Kind kind, String... payloads) {
        var items = Arrays.stream(payloads).map(FakeChatSinkAtWork::item).toList();
        return sink.deliver(batch(kind, items)).items().stream()
                .map(Item::outcome)
                .toList();
    }

    static Batch batch(Kind kind, List<Item> items) {
        return Batch.read(kind, Lane.of("L"), null, null, items, List.of());
    }

    static Item item(String payload) {
        var bytes = payload.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return Item.read(new Origin("a", "e", 0, 0), bytes, null).withTarget(Target.of(bytes, 1, List.of()));
    }

    /** Read by a sink of its own, as the one of the test may have been told to wait. */
    List<Item> there() {
        var all = new ArrayList<Item>();
        try (var other = sink(chat.port(), "s")) {
            other.read(new ReadRequest(Kind.MESSAGE, Lane.WHOLE, null))
                    .forEachRemaining(batch -> all.addAll(batch.items()));
        }
        return all;
    }

    List<String> sources() {
        return there().stream()
                .map(item -> item.source().path("source").asText())
                .toList();
    }

    static Effect effect(Item message) {
        return new Effect(
                "messages",
                message.source().path("id").asText(),
                message.source().path("version").asText());
    }
}
