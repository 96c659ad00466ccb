package dev.caravan.fakechat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import dev.caravan.Failpoints;
import dev.caravan.TestMigration;
import dev.caravan.command.LiveRun;
import dev.caravan.ledger.LedgerAddress;
import dev.caravan.ledger.TestDatabase;

/**
 * A migration of {@link NumberedRooms} to a {@link FakeChat}, in this process or in one of its own, which can be killed.
 * Both go on where the other stopped.
 */
public final class NumberedMigration {

    private static final String SOURCE =
            """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: numbered-rooms-read-action
              labels:
                camel.apache.org/kamelet.type: action
            spec:
              definition:
                title: Numbered Rooms Read Action
                description: Reads rooms of numbered messages.
                type: object
                properties:
                  rooms:
                    title: Rooms
                    description: How many.
                    type: integer
                    default: 3
                  messages:
                    title: Messages
                    description: In each room.
                    type: integer
                    default: 1000
                  recordsPerBatch:
                    title: Records per Batch
                    description: The most of one batch.
                    type: integer
                    default: 100
              template:
                beans:
                  - name: reader
                    type: "#class:dev.caravan.fakechat.NumberedRooms"
                    properties:
                      rooms: '{{rooms}}'
                      messages: '{{messages}}'
                      batchSize: '{{recordsPerBatch}}'
                from:
                  uri: kamelet:source
                  steps:
                    - bean:
                        ref: '{{reader}}'
                        method: read
            """;

    private final Path folder;
    private final Map<String, String> settings = new TreeMap<>();

    /** @param folder may hold a part of the migration already */
    public NumberedMigration(Path folder) {
        this.folder = folder;
        with("caravan.source.kind", "numbered-rooms");
        with("caravan.sink.kind", "fakechat");
        with("caravan.sink.timeout-ms", "1000");
        with("caravan.sink.settle-ms", "500");
        size(3, 1000);
    }

    /** @param port where the chat is, or a proxy before it */
    public NumberedMigration to(int port) {
        return with("caravan.sink.url", "http://127.0.0.1:" + port);
    }

    /** @param messages in each room */
    public NumberedMigration size(int rooms, int messages) {
        return with("caravan.source.rooms", Integer.toString(rooms))
                .with("caravan.source.messages", Integer.toString(messages));
    }

    public NumberedMigration with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    /** Keeps its ledger there; without this in a file of its own. */
    public NumberedMigration on(TestDatabase database) {
        return on(database.in(folder));
    }

    public NumberedMigration on(LedgerAddress address) {
        return address instanceof LedgerAddress.Postgresql server
                ? with("caravan.ledger.kind", "postgresql")
                        .with("caravan.ledger.url", server.jdbcUrl())
                        .with("caravan.ledger.user", server.user())
                        .with("caravan.ledger.password", server.password())
                        .with("caravan.ledger.schema", server.schema())
                : this;
    }

    /** To be run in this process. */
    public TestMigration here() {
        var migration = new TestMigration(folder)
                .bean("fakechatSink", new FakeChatSink())
                .bean(Failpoints.STEPS, StepsAfter.ofThisProcess())
                .route("kamelets/numbered-rooms-read-action.kamelet.yaml", SOURCE)
                .route("mappings/numbered-rooms/from/user.jslt", "{\"kind\": \"user\", \"id\": .name, \"name\": .name}")
                .route(
                        "mappings/numbered-rooms/from/channel.jslt",
                        "{\"kind\": \"channel\", \"id\": .name, \"type\": \"public\", \"name\": .name}")
                .route(
                        "mappings/numbered-rooms/from/message.jslt",
                        """
                        {"kind": "message", "id": .id, "channel": .room, "author": "ann",
                         "time": .at * 1000000, "text": "message " + .id, "type": "text"}
                        """);
        ToTheFakeChat.install(migration);
        settings.forEach(migration::with);
        return migration;
    }

    /**
     * Starts it in a process of its own, which says nothing and ends as the command {@code run} does.
     *
     * @param options of the Java machine
     */
    public LiveProcess apart(String... options) {
        return start(line(options));
    }

    /** @param command starts it in its turn: {@code sh -c '...; exec "$@"' sh} */
    public LiveProcess apartBy(String... command) {
        var line = new ArrayList<>(List.of(command));
        line.addAll(line());
        return start(line);
    }

    private List<String> line(String... options) {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        line.addAll(Arrays.asList(options));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), LiveRun.class.getName(), folder.toString()));
        settings.forEach((setting, value) -> line.add(setting + "=" + value));
        return line;
    }

    private LiveProcess start(List<String> line) {
        try {
            var said = folder.resolve("said.log").toFile();
            return new LiveProcess(new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(said))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it keeps its ledger. */
    public LedgerAddress ledger() {
        return settings.containsKey("caravan.ledger.url")
                ? LedgerAddress.postgresql(
                        settings.get("caravan.ledger.url"),
                        settings.get("caravan.ledger.user"),
                        settings.get("caravan.ledger.password"),
                        settings.get("caravan.ledger.schema"))
                : LedgerAddress.sqlite(folder.resolve("work/ledger.db"));
    }

    /** Source ids of the messages by room, in order. */
    public Map<String, List<String>> sent() {
        var sent = new TreeMap<String, List<String>>();
        for (int n = 0; n < number("rooms"); n++) {
            var room = NumberedRooms.room(n);
            sent.put(
                    room,
                    IntStream.range(0, number("messages"))
                            .mapToObj(message -> NumberedRooms.id(room, message))
                            .toList());
        }
        return sent;
    }

    /** In all rooms. */
    public int messages() {
        return number("rooms") * number("messages");
    }

    private int number(String name) {
        return Integer.parseInt(settings.get("caravan.source." + name));
    }
}
