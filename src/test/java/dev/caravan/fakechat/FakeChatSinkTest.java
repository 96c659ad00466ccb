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
import java.util.stream.IntStream;

import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Origin;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Target;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import dev.caravan.transport.TargetIds;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the sink says of its records, fault by fault: never that one is not there when it may be. */
@Timeout(60)
class FakeChatSinkTest {

    private static final Outcome HELD_BACK = new Outcome.Retry(Duration.ZERO);
    private static final Outcome UNKNOWN = new Outcome.Unknown();

    private static FakeChatProcess chat;

    private final Map<String, String> roots = new TreeMap<>();
    private FakeChatSink sink;

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

    @Test
    void whatIsTakenHasAnIdAndAnEffect() {
        var outcome = messages("1").get(0);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Accepted.class, there -> {
            assertThat(there.targetId()).startsWith("m");
            assertThat(there.effects()).containsExactly(new Effect("messages", there.targetId(), "1"));
        });
        assertThat(sources()).containsExactly("1");
    }

    @ParameterizedTest
    @CsvSource({"429, 7, 7", "503, 3600, 3600", "503, -5, 0", "429, soon, 0", "503,, 0"})
    void notNowIsARetryAfterTheTimeTheChatAsksFor(int status, String header, int seconds) {
        chat.faults(Fault.of("f", "POST /messages", "status").status(status, header));

        assertThat(messages("1", "2")).containsOnly(new Outcome.Retry(Duration.ofSeconds(seconds)));
        assertThat(sources()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504})
    void aFailureOfTheServerLeavesDoubt(int status) {
        chat.faults(Fault.of("f", "POST /messages", "status").status(status, null));

        assertThat(messages("1", "2")).containsOnly(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reply-lost", "cut", "truncated", "huge", "partial", "accept-late", "slow-drip"})
    void inDoubtWhatWasTakenIsFoundAndWhatWasNotIsSentAgain(String kind) throws InterruptedException {
        chat.faults(Fault.of("f", "POST /messages", kind));
        var batch = sink.deliver(messageBatch("1", "2", "3"));
        assertThat(batch.items()).extracting(Item::outcome).containsOnly(UNKNOWN);

        var lookedUp = sink.lookUp(batch);

        var missing =
                lookedUp.items().stream().filter(item -> item.outcome() == null).toList();
        assertThat(lookedUp.items().size() - missing.size())
                .isEqualTo(sources().size())
                .isPositive();
        sink.deliver(lookedUp.withItems(missing));
        assertThat(sources()).containsExactly("1", "2", "3");
        assertThat(chat.statistics().path("doubled").path("messages")).isEmpty();
        assertThat(chat.fired("f")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"html-login", "hang"})
    void inDoubtNothingWasTaken(String kind) throws InterruptedException {
        chat.faults(Fault.of("f", "POST /messages", kind).ms(5000));
        var batch = sink.deliver(messageBatch("1", "2"));
        assertThat(batch.items()).extracting(Item::outcome).containsOnly(UNKNOWN);

        assertThat(sink.lookUp(batch).items()).extracting(Item::outcome).containsOnlyNulls();
    }

    @Test
    void aLookUpThatFailsIsStillDoubt() throws InterruptedException {
        chat.faults(Fault.of("f", "GET /messages", "status").times(2));

        assertThat(sink.lookUp(messageBatch("1")).items())
                .extracting(Item::outcome)
                .containsExactly(UNKNOWN);
    }

    @Test
    void errorsUnder200ConcernTheirRecordsOnly() {
        chat.faults(Fault.of("f", "POST /messages", "error-in-200").every(2, "policy"));

        var outcomes = messages("1", "2", "3", "4");

        assertThat(outcomes)
                .extracting(Object::getClass)
                .containsExactly(
                        Outcome.Accepted.class, Outcome.Refused.class, Outcome.Accepted.class, Outcome.Refused.class);
        assertThat(outcomes.get(1)).isEqualTo(new Outcome.Refused("policy", "not taken"));
    }

    @Test
    void aRecordToBeSentAgainHoldsBackThoseAfterIt() {
        chat.faults(Fault.of("f", "POST /messages", "error-in-200")
                .every(2, "retry")
                .ms(70));

        var outcomes = messages("1", "2", "3");

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Accepted.class);
        assertThat(outcomes.subList(1, 3)).containsOnly(new Outcome.Retry(Duration.ofMillis(70)));
        assertThat(sources()).containsExactly("1");
    }

    @Test
    void anUnknownAuthorIsRefused() {
        assertThat(deliver(Kind.MESSAGE, "{'source': '1', 'channel': 'lobby', 'author': 'nobody'}"))
                .containsExactly(new Outcome.Refused("unknown-user", "not taken"));
    }

    @Test
    void aForbiddenChannelRefusesItsRecordsAndNoOthers() {
        chat.faults(Fault.of("f", "POST /messages", "forbidden-channel")
                .channel("cellar")
                .times(9));

        assertThat(deliver(Kind.MESSAGE, "{'source': '1', 'channel': 'cellar', 'author': 'ann'}"))
                .containsExactly(new Outcome.Refused("forbidden", "status 403"));
        assertThat(deliver(
                        Kind.MESSAGE,
                        "{'source': '2', 'channel': 'lobby', 'author': 'ann'}",
                        "{'source': '3', 'channel': 'cellar', 'author': 'ann'}",
                        "{'source': '4', 'channel': 'lobby', 'author': 'ann'}"))
                .extracting(Object::getClass)
                .containsExactly(Outcome.Accepted.class, Outcome.Refused.class, Outcome.Accepted.class);
        assertThat(sources()).containsExactly("2", "4");
    }

    @Test
    void anExpiredTokenIsRenewedOnce() {
        messages("1");
        chat.faults(Fault.of("f", "POST /messages", "expired-token"));

        assertThat(messages("2").get(0)).isInstanceOf(Outcome.Accepted.class);
        assertThat(chat.fired("f")).isEqualTo(1);
        assertThat(sources()).containsExactly("1", "2");
    }

    @Test
    void aTokenThatIsNeverTakenAndAWrongSecretAreProblems() {
        chat.faults(Fault.of("f", "POST /messages", "expired-token").times(2));
        assertThatThrownBy(() -> messages("1")).isInstanceOf(Problem.class).hasMessageContaining("secret");

        try (var other = sink(chat.port(), "guessed")) {
            assertThatThrownBy(() -> other.deliver(messageBatch("1")))
                    .isInstanceOf(Problem.class)
                    .hasMessageNotContaining("guessed");
        }
        assertThat(sources()).isEmpty();
    }

    @Test
    void whereNobodyListensNothingWasSent() {
        try (var proxy = new FaultProxy(chat.port());
                var other = sink(proxy.port(), "s")) {
            proxy.refuse();

            assertThat(other.deliver(messageBatch("1", "2")).items())
                    .extracting(Item::outcome)
                    .containsOnly(HELD_BACK);
        }
    }

    @Test
    void aFrozenNetworkLeavesDoubt() {
        try (var proxy = new FaultProxy(chat.port());
                var other = sink(proxy.port(), "s")) {
            other.deliver(messageBatch("0"));
            proxy.freeze();

            assertThat(other.deliver(messageBatch("1")).items())
                    .extracting(Item::outcome)
                    .containsOnly(UNKNOWN);
        }
    }

    @Test
    void downItIsDoubtAndAfterwardsItGoesOn() throws InterruptedException {
        chat.faults(Fault.of("f", "POST /messages", "down").ms(300));
        var batch = sink.deliver(messageBatch("1"));
        assertThat(batch.items()).extracting(Item::outcome).containsOnly(UNKNOWN);

        Awaitility.await().until(() -> sink.lookUp(batch).items().get(0).outcome() == null);
        assertThat(messages("1").get(0)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void aReplyNamesItsRootAlsoWhenBothComeInOneBatch() {
        roots.put("L/0/100", "m0");

        var outcomes = deliver(
                Kind.MESSAGE,
                "{'source': '1', 'channel': 'lobby', 'author': 'ann'}",
                "{'source': '2', 'channel': 'lobby', 'author': 'ann', 'thread': {'conversation': 'L', 'id': '1', 'time': 101}}",
                "{'source': '3', 'channel': 'lobby', 'author': 'ann', 'thread': {'conversation': 'L', 'id': '0', 'time': 100}}",
                "{'source': '4', 'channel': 'lobby', 'author': 'ann', 'thread': {'conversation': 'L', 'id': '9', 'time': 109}}");

        assertThat(outcomes.get(3)).isEqualTo(new Outcome.Refused("unknown-root", "9"));
        assertThat(there())
                .extracting(item -> item.source().path("thread").asText("none"))
                .containsExactly("none", ((Outcome.Accepted) outcomes.get(0)).targetId(), "m0");
    }

    @Test
    void whatFollowsARootInDoubtIsNotSent() {
        chat.faults(Fault.of("f", "POST /messages", "reply-lost"));

        assertThat(deliver(
                        Kind.MESSAGE,
                        "{'source': '1', 'channel': 'lobby', 'author': 'ann'}",
                        "{'source': '2', 'channel': 'lobby', 'author': 'ann', 'thread': {'conversation': 'L', 'id': '1', 'time': 101}}",
                        "{'source': '3', 'channel': 'lobby', 'author': 'ann'}"))
                .containsExactly(UNKNOWN, HELD_BACK, HELD_BACK);
        assertThat(sources()).containsExactly("1");
    }

    @Test
    void anEditReplacesWhatIsThere() {
        var id = ((Outcome.Accepted) messages("1").get(0)).targetId();
        var edit = item("{'source': '1', 'channel': 'lobby', 'author': 'ann', 'text': 'better'}");

        var outcomes = sink.deliver(
                batch(Kind.MESSAGE, List.of(edit.withTarget(edit.target().withPresent(id)))));

        assertThat(outcomes.items().get(0).outcome())
                .isEqualTo(new Outcome.Accepted(id, null, List.of(new Effect("messages", id, "2"))));
        assertThat(there().get(0).source().path("text").asText()).isEqualTo("better");
    }

    @Test
    void undoneIsWhatNobodyChanged() {
        var outcomes = messages("1", "2");
        var first = ((Outcome.Accepted) outcomes.get(0)).effects().get(0);
        var second = ((Outcome.Accepted) outcomes.get(1)).effects().get(0);
        var edit = item("{'source': '2', 'channel': 'lobby', 'author': 'ann', 'text': 'by a person'}");
        sink.deliver(batch(Kind.MESSAGE, List.of(edit.withTarget(edit.target().withPresent(second.target())))));

        assertThat(sink.undo(new Undo(List.of(second, first), true)))
                .containsExactly(
                        new Undone(second, Undone.State.KEPT, "changed-since"),
                        new Undone(first, Undone.State.REMOVED, null));
        assertThat(sources()).containsExactly("1", "2");

        sink.undo(new Undo(List.of(second, first), false));
        assertThat(sources()).containsExactly("2");
        assertThat(sink.undo(new Undo(List.of(first), false)))
                .containsExactly(new Undone(first, Undone.State.GONE, null));
        chat.faults(Fault.of("f", "GET /messages", "status").status(503, null));
        assertThat(sink.undo(new Undo(List.of(second), false)).get(0).state()).isEqualTo(Undone.State.RETRY);
    }

    @Test
    void readingGoesOnAfterAPosition() {
        for (int from = 0; from < 600; from += 60) {
            messages(
                    IntStream.range(from, from + 60).mapToObj(Integer::toString).toArray(String[]::new));
        }
        var reader = sink.read(new ReadRequest(Kind.MESSAGE, Lane.WHOLE, null));
        var first = reader.next();
        var again = sink.read(new ReadRequest(Kind.MESSAGE, Lane.WHOLE, first.position()));

        assertThat(first.items()).hasSize(500);
        assertThat(again.next().items())
                .extracting(item -> item.source().path("source").asText())
                .containsExactlyElementsOf(
                        IntStream.range(500, 600).mapToObj(Integer::toString).toList());
        assertThat(again.hasNext()).isFalse();
    }

    private FakeChatSink sink(int port, String secret) {
        var opened = new FakeChatSink();
        var properties =
                Map.of("url", "http://127.0.0.1:" + port, "secret", secret, "timeoutMs", "700", "settleMs", "600");
        opened.open(properties, new TargetIds() {
            @Override
            public Optional<String> of(Kind kind, String sourceId) {
                return Optional.empty();
            }

            @Override
            public Optional<String> ofMessage(String conversation, long time, String id) {
                return Optional.ofNullable(roots.get(conversation + "/" + id + "/" + time));
            }
        });
        return opened;
    }

    private List<Outcome> messages(String... sources) {
        return sink.deliver(messageBatch(sources)).items().stream()
                .map(Item::outcome)
                .toList();
    }

    private static Batch messageBatch(String... sources) {
        return batch(
                Kind.MESSAGE,
                Arrays.stream(sources)
                        .map(source -> item("{'source': '" + source + "', 'channel': 'lobby', 'author': 'ann'}"))
                        .toList());
    }

    private List<Outcome> deliver(Kind kind, String... payloads) {
        var items = Arrays.stream(payloads).map(FakeChatSinkTest::item).toList();
        return sink.deliver(batch(kind, items)).items().stream()
                .map(Item::outcome)
                .toList();
    }

    private static Batch batch(Kind kind, List<Item> items) {
        return Batch.read(kind, Lane.of("L"), null, null, items, List.of());
    }

    private static Item item(String payload) {
        var bytes = payload.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return Item.read(new Origin("a", "e", 0, 0), bytes, null).withTarget(Target.of(bytes, 1, List.of()));
    }

    /** Read by a sink of its own, as the one of the test may have been told to wait. */
    private List<Item> there() {
        var all = new ArrayList<Item>();
        try (var other = sink(chat.port(), "s")) {
            other.read(new ReadRequest(Kind.MESSAGE, Lane.WHOLE, null))
                    .forEachRemaining(batch -> all.addAll(batch.items()));
        }
        return all;
    }

    private List<String> sources() {
        return there().stream()
                .map(item -> item.source().path("source").asText())
                .toList();
    }

    private static Effect effect(Item message) {
        return new Effect(
                "messages",
                message.source().path("id").asText(),
                message.source().path("version").asText());
    }
}
