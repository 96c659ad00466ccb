package dev.caravan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.RecordState;
import dev.caravan.ledger.Run;
import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally.What;
import dev.caravan.transport.LiveSink;
import dev.caravan.transport.TargetIds;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Invariants 1 to 4 on a target that holds twice what is sent twice, whatever happens on the way. */
class LiveSinkRoadTest {

    private static final int MESSAGES = 20;

    private Path folder;

    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("caravan-live");
    }

    @AfterTry
    void removeFolder() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** What happens to the next record that reaches the target. */
    enum Fate {
        TAKEN,
        PUT_OFF,
        TAKEN_ANSWER_LOST,
        LOST,
        LOOK_UP_FAILS,
        CRASH_BEFORE,
        CRASH_AFTER
    }

    @Provide
    Arbitrary<List<Fate>> fates() {
        return Arbitraries.of(Fate.class).list().ofMaxSize(20);
    }

    @Property(tries = 10)
    void nothing_is_lost_doubled_or_out_of_order(@ForAll("fates") List<Fate> fates) {
        var sink = new FickleSink(fates);
        var migration = migration(sink, true);

        runToTheEnd(migration);

        assertThat(sink.held).isEqualTo(all());
        assertThat(sink.forgotten).isEmpty();
        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(1);
            assertThat(account.of("message", What.READ)).isEqualTo(MESSAGES);
            assertThat(account.of("message", What.DELIVERED)).isEqualTo(MESSAGES);
            assertThat(ledger.records().counts(Kind.MESSAGE)).allMatch(count -> count.state() == RecordState.DELIVERED);
            assertThat(ledger.journal().counts())
                    .filteredOn(count -> count.what().equals("message"))
                    .hasSize(1)
                    .allMatch(count -> count.number() == MESSAGES);
        }
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(sink.held).isEqualTo(all());
    }

    @Property(tries = 6)
    void without_a_look_up_what_is_in_doubt_is_shown_and_never_sent_again(@ForAll("fates") List<Fate> fates) {
        var sink = new FickleSink(fates);
        var migration = migration(sink, false);

        runToTheEnd(migration);

        assertThat(sink.held).doesNotHaveDuplicates().isSorted();
        var uncertain = migration.letters().list(LetterFilter.ALL, 0, 100);
        assertThat(uncertain).allMatch(letter -> letter.cause().equals("uncertain"));
        var shown = uncertain.stream()
                .map(letter -> Integer.valueOf(letter.sourceId()))
                .toList();
        assertThat(all()).filteredOn(n -> !sink.held.contains(n)).allMatch(shown::contains);
        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(1);
            assertThat(account.of("message", What.DELIVERED) + account.of("message", What.DEAD))
                    .isEqualTo(MESSAGES);
            assertThat(account.of("message", What.DEAD)).isEqualTo(shown.size());
        }
        var before = List.copyOf(sink.held);
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(sink.held).isEqualTo(before);
    }

    @Example
    void a_target_that_takes_nothing_ends_the_run_with_its_reason() {
        var sink = new FickleSink(Collections.nCopies(1000, Fate.PUT_OFF));
        var migration = migration(sink, true).with("caravan.delivery.give-up-after", "PT0.3S");

        assertThatThrownBy(migration::run).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo("CRV-430");
            assertThat(problem.getMessage()).contains("busy");
        });

        sink.fates.clear();
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(sink.held).isEqualTo(all());
    }

    private static List<Integer> all() {
        return IntStream.range(0, MESSAGES).boxed().toList();
    }

    private static void runToTheEnd(TestMigration migration) {
        for (int tries = 0; tries < 50; tries++) {
            try {
                assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
                return;
            } catch (IllegalStateException crash) {
                assertThat(crash).hasRootCauseMessage(FickleSink.CRASH);
            }
        }
        throw new AssertionError("never came to its end");
    }

    private TestMigration migration(FickleSink sink, boolean looksUp) {
        var migration = new ToyChat(folder, MESSAGES, Set.of(), 7)
                .migration
                .with("caravan.sink.kind", "fickle")
                .with("caravan.delivery.give-up-after", "PT20S")
                .bean("fickleSink", sink)
                .route("kamelets/fickle-sink.kamelet.yaml", kamelet("fickle-sink", "deliver"))
                .route("mappings/fickle/to/message.jslt", ".text")
                .route("mappings/fickle/to/user.jslt", "\"user\"")
                .route("mappings/fickle/to/channel.jslt", "\"channel\"");
        return looksUp
                ? migration.route(
                        "kamelets/fickle-look-up-action.kamelet.yaml", kamelet("fickle-look-up-action", "lookUp"))
                : migration;
    }

    private static String kamelet(String name, String method) {
        return """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: %s
                  annotations:
                    caravan.dev/live: "true"
                    caravan.dev/idempotent: "false"
                    caravan.dev/portion: "3"
                  labels:
                    camel.apache.org/kamelet.type: sink
                spec:
                  definition:
                    title: Fickle
                    description: Takes what it is sent, or not.
                    type: object
                    properties: {}
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - bean:
                            ref: fickleSink
                            method: %s
                """
                .formatted(name, method);
    }

    /** Keeps every message it takes, as often as it takes it. */
    public static final class FickleSink implements LiveSink {

        static final String CRASH = "crash";

        final List<Integer> held = new ArrayList<>();
        final Deque<Fate> fates;
        /** Of which the sink could not be told, in a later call, what they became. */
        final List<Integer> forgotten = new ArrayList<>();

        private TargetIds ids;

        FickleSink(List<Fate> fates) {
            this.fates = new ArrayDeque<>(fates);
        }

        @Override
        public String sinkKind() {
            return "fickle";
        }

        @Override
        public void open(Map<String, String> properties, TargetIds earlier) {
            ids = earlier;
        }

        @Override
        public void close() {}

        public Batch deliver(Batch batch) {
            if (batch.kind() != Kind.MESSAGE) {
                return batch.withItems(
                        batch.items().stream().map(FickleSink::taken).toList());
            }
            remember(batch.items().get(0));
            var items = new ArrayList<Item>();
            boolean held = false;
            for (Item item : batch.items()) {
                items.add(held ? item.withOutcome(new Outcome.Retry(Duration.ZERO)) : deliver(item));
                held = !(items.get(items.size() - 1).outcome() instanceof Outcome.Accepted);
            }
            return batch.withItems(items);
        }

        /** As the reply to a message asks for its root. */
        private void remember(Item item) {
            int before = number(item) - 1;
            var time = item.canonical().path("time").asLong() - 1_000_000;
            if (before >= 0
                    && ids.ofMessage("lobby", time, Integer.toString(before)).isEmpty()) {
                forgotten.add(before);
            }
        }

        private Item deliver(Item item) {
            var fate = fates.isEmpty() ? Fate.TAKEN : fates.poll();
            return switch (fate) {
                case TAKEN -> {
                    hold(item);
                    yield taken(item);
                }
                case PUT_OFF -> item.withOutcome(new Outcome.Retry(Duration.ofMillis(1), "busy"));
                case TAKEN_ANSWER_LOST -> {
                    hold(item);
                    yield item.withOutcome(new Outcome.Unknown());
                }
                case LOST, LOOK_UP_FAILS -> item.withOutcome(new Outcome.Unknown());
                case CRASH_BEFORE -> throw new IllegalStateException(CRASH);
                case CRASH_AFTER -> {
                    hold(item);
                    throw new IllegalStateException(CRASH);
                }
            };
        }

        public Batch lookUp(Batch batch) {
            var fails = fates.peek() == Fate.LOOK_UP_FAILS;
            if (fails) {
                fates.poll();
            }
            return batch.withItems(batch.items().stream()
                    .map(item -> fails
                            ? item.withOutcome(new Outcome.Unknown())
                            : held.contains(number(item)) ? taken(item) : item)
                    .toList());
        }

        private void hold(Item item) {
            held.add(number(item));
        }

        private static int number(Item item) {
            return Integer.parseInt(item.id());
        }

        private static Item taken(Item item) {
            return item.withOutcome(new Outcome.Accepted(
                    "t" + item.id(),
                    null,
                    List.of(new Effect(item.canonical().path("kind").asText(), "t" + item.id(), null))));
        }
    }
}
