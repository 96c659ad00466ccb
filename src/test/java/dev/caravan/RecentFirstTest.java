package dev.caravan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.caravan.ledger.Run;
import dev.caravan.model.Batch;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;
import dev.caravan.transport.LiveSink;
import dev.caravan.transport.TargetIds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which conversations are carried first. */
public class RecentFirstTest {

    private static final String OLD = "1600000000.000100";
    private static final String MIDDLE = "1650000000.000100";
    private static final String NEW = "1700000000.000100";

    @TempDir
    Path folder;

    private final NotingSink sink = new NotingSink();
    private TestMigration migration;

    @BeforeEach
    void prepare() {
        var workspace = new Workspace()
                .user("U1", "ann")
                .channel("C1", "attic", "U1")
                .channel("C2", "lobby", "U1")
                .channel("C3", "new", "U1")
                .says("C1", "U1", OLD, "old")
                .says("C2", "U1", OLD, "old, and ...")
                .says("C2", "U1", NEW, "... the newest")
                .says("C3", "U1", MIDDLE, "between");
        migration = new TestMigration(folder)
                .with(
                        "caravan.source.path",
                        workspace.export(folder, "export.zip").toString())
                .with("caravan.threads", "1")
                .with("caravan.sink.kind", "noting")
                .bean("notingSink", sink)
                .route("kamelets/noting-sink.kamelet.yaml", NotingSink.KAMELET)
                .route("mappings/noting/to/message.jslt", ".text")
                .route("mappings/noting/to/user.jslt", "\"user\"")
                .route("mappings/noting/to/channel.jslt", "\"channel\"")
                .route("mappings/noting/to/membership.jslt", "\"membership\"");
    }

    @Test
    void conversations_come_by_name_unless_set_otherwise() {
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(sink.times).containsExactly(OLD, OLD, NEW, MIDDLE);
    }

    @Test
    void the_latest_conversation_comes_first_and_each_is_told_from_its_beginning() {
        migration.with("caravan.order", "recent-first");

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(sink.times).containsExactly(OLD, NEW, MIDDLE, OLD);
    }

    @Test
    void a_source_that_cannot_tell_is_refused() {
        var toy = new ToyChat(folder, 3, java.util.Set.of(), 100).migration.with("caravan.order", "recent-first");

        assertThatThrownBy(toy::run).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo("CRV-242"));
    }

    @Test
    void a_sink_that_wants_conversations_in_the_order_of_their_names_gets_no_other() {
        migration
                .with("caravan.order", "recent-first")
                .route(
                        "kamelets/noting-sink.kamelet.yaml",
                        NotingSink.KAMELET.replace(
                                "caravan.dev/live: \"true\"",
                                "caravan.dev/live: \"true\"\n    caravan.dev/order: fixed"));

        assertThatThrownBy(migration::run).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo("CRV-445"));
        assertThat(sink.times).isEmpty();
    }

    /** Notes the times of messages as they come. */
    public static final class NotingSink implements LiveSink {

        static final String KAMELET =
                """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: noting-sink
                  annotations:
                    caravan.dev/live: "true"
                  labels:
                    camel.apache.org/kamelet.type: sink
                spec:
                  definition:
                    title: Noting
                    description: Takes what it is sent.
                    type: object
                    properties: {}
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - bean:
                            ref: notingSink
                            method: deliver
                """;

        final List<String> times = new ArrayList<>();

        @Override
        public String sinkKind() {
            return "noting";
        }

        @Override
        public void open(Map<String, String> properties, TargetIds ids) {}

        @Override
        public void close() {}

        public Batch deliver(Batch batch) {
            return batch.withItems(batch.items().stream()
                    .map(item -> {
                        if (batch.kind() == Kind.MESSAGE) {
                            long time = item.canonical().path("time").asLong();
                            times.add("%d.%06d".formatted(time / 1_000_000, time % 1_000_000));
                        }
                        return item.withOutcome(new Outcome.Accepted("t" + item.id(), null));
                    })
                    .toList());
        }
    }
}
