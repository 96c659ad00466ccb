package dev.caravan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.caravan.ledger.Run;
import dev.caravan.model.Batch;
import dev.caravan.model.Outcome;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A source nobody wrote Java for: one Kamelet, one mapping. */
public class ToySourceTest {

    @TempDir
    Path folder;

    @Test
    void aJsonLinesChatMigratesByAKameletAndAMapping() throws Exception {
        var chat = folder.resolve("chat.jsonl");
        Files.writeString(
                chat,
                """
                {"room":"lobby","from":"ann","at":1700000000,"says":"hello"}
                {"room":"lobby","from":"bob","at":1700000001,"says":"hi ann"}
                {"room":"cellar","from":"ann","at":1700000002,"says":"dark"}
                no json
                """);
        var sink = new ListSink();
        var migration = new TestMigration(folder)
                .with("caravan.source.kind", "toychat")
                .with("caravan.source.path", chat.toString())
                .with("caravan.sink.kind", "list")
                .bean("listSink", sink)
                .route("kamelets/toychat-read-action.kamelet.yaml", TOYCHAT)
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
                .route("kamelets/list-sink.kamelet.yaml", ListSink.KAMELET)
                .route(
                        "mappings/list/to/message.jslt",
                        """
                        {"in": .links.place.name, "by": get-key(.links.users, .author), "text": .text}
                        """)
                .route("mappings/list/to/user.jslt", "{\"user\": .links.name}")
                .route("mappings/list/to/channel.jslt", "{\"channel\": .links.name}");

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(sink.delivered)
                .containsExactly(
                        "{\"user\":\"ann\"}",
                        "{\"user\":\"bob\"}",
                        "{\"channel\":\"lobby\"}",
                        "{\"channel\":\"cellar\"}",
                        "{\"in\":\"lobby\",\"by\":\"ann\",\"text\":\"hello\"}",
                        "{\"in\":\"lobby\",\"by\":\"bob\",\"text\":\"hi ann\"}",
                        "{\"in\":\"cellar\",\"by\":\"ann\",\"text\":\"dark\"}");
        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(1);
            assertThat(account.of("message", Tally.What.READ)).isEqualTo(4);
            assertThat(account.of("message", Tally.What.DELIVERED)).isEqualTo(3);
            assertThat(account.of("message", Tally.What.DEAD)).isEqualTo(1);
            assertThat(account.of("user", Tally.What.CREATED)).isEqualTo(2);
        }
    }

    public static final String TOYCHAT =
            """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: toychat-read-action
              labels:
                camel.apache.org/kamelet.type: action
            spec:
              definition:
                title: Toychat Read Action
                description: Reads a toy chat.
                type: object
                required:
                  - path
                properties:
                  path:
                    title: Path
                    description: The file of messages.
                    type: string
              template:
                beans:
                  - name: reader
                    type: "#class:dev.caravan.connector.jsonlines.JsonLines"
                    properties:
                      path: '{{path}}'
                from:
                  uri: kamelet:source
                  steps:
                    - bean:
                        ref: '{{reader}}'
                        method: read
            """;

    /** Keeps what it is sent. */
    public static final class ListSink {

        public static final String KAMELET =
                """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: list-sink
                  labels:
                    camel.apache.org/kamelet.type: sink
                spec:
                  definition:
                    title: List Sink
                    description: Keeps what it is sent.
                    type: object
                    properties: {}
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - bean:
                            ref: listSink
                            method: send
                """;

        public final List<String> delivered = new ArrayList<>();

        public Batch send(Batch batch) {
            batch.items().forEach(item -> delivered.add(new String(item.target().payload())));
            return batch.withItems(batch.items().stream()
                    .map(item -> item.withOutcome(new Outcome.Accepted(null, null)))
                    .toList());
        }
    }
}
