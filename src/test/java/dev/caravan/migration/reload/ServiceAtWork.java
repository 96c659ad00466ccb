package dev.caravan.migration.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

import dev.caravan.TestMigration;
import dev.caravan.TestService;
import dev.caravan.ToySourceTest;
import dev.caravan.ToySourceTest.ListSink;
import dev.caravan.ledger.Run;
import dev.caravan.model.Batch;
import dev.caravan.model.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A service that brings the messages of a small chat to a list, and the files it watches. */
abstract class ServiceAtWork {

    @TempDir
    Path folder;

    TestService service;

    private final ListSink sink = new ListSink();
    private int sent;

    @BeforeEach
    void serve() throws IOException {
        service = house(folder).serve();
    }

    @AfterEach
    void end() {
        service.close();
    }

    TestMigration house(Path home) {
        return new TestMigration(home)
                .with("caravan.source.kind", "toychat")
                .with("caravan.source.path", folder.resolve("chat.jsonl").toString())
                .with("caravan.sink.kind", "list")
                .bean("listSink", sink)
                .bean("shout", new Shout())
                .route("kamelets/toychat-read-action.kamelet.yaml", ToySourceTest.TOYCHAT)
                .route("kamelets/list-sink.kamelet.yaml", ListSink.KAMELET)
                .route(
                        "mappings/toychat/from/message.jslt",
                        """
                        {
                          "kind": "message",
                          "id": .room + "/" + .at,
                          "channel": .room,
                          "author": .from,
                          "time": .at * 1000000,
                          "text": .says,
                          "type": "text"
                        }
                        """)
                .route("mappings/list/to/message.jslt", "{\"text\": .text}")
                .route("mappings/list/to/user.jslt", "{\"user\": .links.name}")
                .route("mappings/list/to/channel.jslt", "{\"channel\": .links.name}");
    }

    void looks() {
        service.reload.look();
        service.reload.look();
    }

    Path file(String name) {
        return folder.resolve("routes").resolve(name);
    }

    void write(String name, String content) {
        try {
            Files.writeString(file(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void replace(String name, String before, String after) {
        try {
            var content = Files.readString(file(name));
            assertThat(content).contains(before);
            write(name, content.replace(before, after));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the sink got of one more message. */
    List<String> messages(String text) throws IOException {
        sink.delivered.clear();
        Files.writeString(
                folder.resolve("chat.jsonl"),
                "{\"room\":\"lobby\",\"from\":\"ann\",\"at\":%d,\"says\":\"%s\"}\n"
                        .formatted(1700000000 + sent++, text),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        assertThat(service.run()).isEqualTo(Run.State.COMPLETED);
        return sink.delivered.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).contains(text))
                .toList();
    }

    /** Says everything louder. */
    public static final class Shout {
        public Batch shout(Batch batch) {
            return batch.withItems(batch.items().stream()
                    .map(item -> item.withTarget(Target.of(
                            new String(item.target().payload(), StandardCharsets.UTF_8)
                                    .toUpperCase(Locale.ROOT)
                                    .getBytes(StandardCharsets.UTF_8),
                            1,
                            List.of())))
                    .toList());
        }
    }
}
