package dev.caravan.fakechat;

import java.time.Duration;

import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the sink says of its records, fault by fault: never that one is not there when it may be. */
class FakeChatSinkFaultsTest extends FakeChatSinkAtWork {

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
}
