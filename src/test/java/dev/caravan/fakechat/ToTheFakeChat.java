package dev.caravan.fakechat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.caravan.TestMigration;
import dev.caravan.ToySourceTest;

/** A migration of numbered messages in some rooms to a {@link FakeChat}. */
public final class ToTheFakeChat {

    private static final Path ROUTES = Path.of("src/test/resources/fakechat/routes");
    private static final int ROOMS = 3;

    private final Map<String, List<String>> sent = new TreeMap<>();
    private final TestMigration migration;

    /** @param port where the chat is, or a proxy before it */
    public ToTheFakeChat(Path folder, int messages, int port) {
        migration = new TestMigration(folder)
                .with("caravan.source.kind", "toychat")
                .with("caravan.source.path", rooms(folder, messages).toString())
                .with("caravan.sink.kind", "fakechat")
                .with("caravan.sink.url", "http://127.0.0.1:" + port)
                .with("caravan.sink.timeout-ms", "1000")
                .with("caravan.sink.settle-ms", "500")
                .bean("fakechatSink", new FakeChatSink())
                .route("kamelets/toychat-read-action.kamelet.yaml", ToySourceTest.TOYCHAT)
                .route(
                        "mappings/toychat/from/message.jslt",
                        """
                        {"kind": "message", "id": .room + "/" + .at, "channel": .room, "author": "ann",
                         "time": .at * 1000000, "text": "message " + .at, "type": "text"}
                        """);
        install(migration);
    }

    /** The Kamelets and mappings of the sink, beside those there are. */
    static void install(TestMigration migration) {
        try (var files = Files.walk(ROUTES)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                migration.route(ROUTES.relativize(file).toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path rooms(Path folder, int messages) {
        var lines = new ArrayList<String>();
        for (int n = 0; n < messages; n++) {
            var room = "room" + n % ROOMS;
            var at = 1_700_000_000 + n;
            lines.add("{\"room\":\"%s\",\"at\":%d}".formatted(room, at));
            sent.computeIfAbsent(room, r -> new ArrayList<>()).add(room + "/" + at);
        }
        try {
            return Files.write(folder.resolve("rooms.jsonl"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestMigration migration() {
        return migration;
    }

    /** Source ids of the messages by room, in order. */
    public Map<String, List<String>> sent() {
        return sent;
    }
}
