package dev.caravan.fakechat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
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

/** Each kind of fault does what it says, to the requests it says. */
@Timeout(60)
class FakeChatFaultsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static FakeChatProcess chat;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        chat = FakeChatProcess.start(folder);
        chat.ask("POST", "/users", JSON.readTree("{\"items\": [{\"source\": \"A\", \"name\": \"ann\"}]}"));
        chat.ask(
                "POST",
                "/channels",
                JSON.readTree(
                        "{\"items\": [{\"source\": \"L\", \"name\": \"lobby\"}, {\"source\": \"C\", \"name\": \"cellar\"}]}"));
    }

    @AfterAll
    static void end() {
        chat.close();
    }

    @BeforeEach
    void empty() {
        chat.clearFaults();
        chat.all("messages")
                .forEach(message ->
                        chat.ask("DELETE", "/messages/" + message.path("id").asText(), null));
    }

    @Test
    void aScriptPassesSomeRequestsAndBreaksTheNext() {
        broken(Fault.of("f", "POST /messages", "status").after(2).times(2).status(503, null));

        var statuses = IntStream.range(0, 6)
                .map(n -> post("lobby", "s" + n).status())
                .boxed()
                .toList();

        assertThat(statuses).containsExactly(200, 200, 503, 503, 200, 200);
        assertThat(there()).containsExactly("s0", "s1", "s4", "s5");
        assertThat(chat.fired("f")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"429, 7", "503, 7200", "500, -5", "502, soon"})
    void aStatusComesWithTheHeaderAsItStands(int status, String header) throws IOException {
        broken(Fault.of("f", "POST /messages", "status").status(status, header));

        var answer = chat.ask("POST", "/messages", JSON.readTree("{\"items\": []}"));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Retry-After")).contains(header);
    }

    @Test
    void retryAfterCanBeADate() throws IOException {
        broken(Fault.of("f", "POST /messages", "status").status(429, "date+3600"));

        var header = chat.ask("POST", "/messages", JSON.readTree("{\"items\": []}"))
                .headers()
                .firstValue("Retry-After")
                .orElseThrow();

        assertThat(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME))
                .isAfter(ZonedDateTime.now().plusMinutes(50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reply-lost", "cut"})
    void takenButTheReplyDoesNotArrive(String kind) {
        broken(Fault.of("f", "POST /messages", kind));

        assertThatThrownBy(() -> post("lobby", "1")).isInstanceOf(UncheckedIOException.class);

        assertThat(there()).containsExactly("1");
    }

    @Test
    void hangingNothingIsTakenAndTheConnectionEnds() {
        broken(Fault.of("f", "POST /messages", "hang").ms(50));

        assertThatThrownBy(() -> post("lobby", "1")).isInstanceOf(UncheckedIOException.class);

        assertThat(there()).isEmpty();
    }

    @Test
    void halfOfARequestIsTaken() {
        broken(Fault.of("f", "POST /messages", "partial"));

        assertThat(post("lobby", "1", "2", "3", "4").status()).isEqualTo(500);

        assertThat(there()).containsExactly("1", "2");
    }

    @Test
    void everySecondResultIsAnErrorUnder200() {
        broken(Fault.of("f", "POST /messages", "error-in-200").every(2, "policy"));

        var results = post("lobby", "1", "2", "3", "4").tree().path("results");

        assertThat(there()).containsExactly("1", "3");
        assertThat(results.findValuesAsText("error")).containsExactly("policy", "policy");
        assertThat(results.get(0).has("id") && results.get(2).has("id")).isTrue();
    }

    @Test
    void whatIsToBeSentAgainHoldsBackWhatComesAfterIt() {
        broken(Fault.of("f", "POST /messages", "error-in-200").every(3, "retry").ms(20));

        var results = post("lobby", "1", "2", "3", "4").tree().path("results");

        assertThat(there()).containsExactly("1", "2");
        assertThat(results.findValuesAsText("retry_after_ms")).containsExactly("20", "20");
    }

    @Test
    void aDripIsWholeInTheEnd() {
        broken(Fault.of("f", "POST /messages", "slow-drip").ms(1));

        assertThat(post("lobby", "1").tree().at("/results/0/id").asText()).startsWith("m");
    }

    @Test
    void halfOfTheJsonComesAsAWholeReply() {
        broken(Fault.of("f", "POST /messages", "truncated"));

        var reply = post("lobby", "1");

        assertThat(reply.status()).isEqualTo(200);
        assertThatThrownBy(reply::tree).isInstanceOf(UncheckedIOException.class);
        assertThat(there()).containsExactly("1");
    }

    @Test
    void aLoginPageComesWith200AndNothingIsTaken() {
        broken(Fault.of("f", "POST /messages", "html-login"));

        var reply = post("lobby", "1");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).startsWith("<!DOCTYPE html>");
        assertThat(there()).isEmpty();
    }

    @Test
    void aHugeReplyIsTheTrueOneAndFiftyMegabytes() {
        broken(Fault.of("f", "POST /messages", "huge"));

        var reply = post("lobby", "1");

        assertThat(reply.body()).hasSize(50 * 1024 * 1024);
        assertThat(reply.tree().at("/results/0/id").asText()).startsWith("m");
    }

    @Test
    void oneChannelIsForbidden() {
        broken(Fault.of("f", "POST /messages", "forbidden-channel")
                .channel("cellar")
                .times(9));

        assertThat(post("cellar", "1").status()).isEqualTo(403);
        assertThat(post("lobby", "2").status()).isEqualTo(200);
        assertThat(post("cellar", "3").status()).isEqualTo(403);
        assertThat(there()).containsExactly("2");
    }

    @Test
    void downNobodyIsAnsweredForAWhile() {
        broken(Fault.of("f", "POST /messages", "down").ms(300));

        assertThatThrownBy(() -> post("lobby", "1")).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> chat.all("messages")).isInstanceOf(UncheckedIOException.class);
        Awaitility.await().ignoreExceptions().untilAsserted(() -> assertThat(there())
                .isEmpty());
    }

    @Test
    void takenLateAfterAnAnswerOf500() {
        broken(Fault.of("f", "POST /messages", "accept-late").ms(100));

        assertThat(post("lobby", "1").status()).isEqualTo(500);

        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(there())
                .containsExactly("1"));
    }

    @Test
    void aTokenExpiresAndItsOwnerIsTold(@TempDir Path folder) {
        try (var closed = FakeChatProcess.start(folder, "secret=s")) {
            closed.faults(Fault.of("f", "GET /users", "expired-token"));

            assertThat(closed.ask("GET", "/users", null).statusCode()).isEqualTo(401);
            assertThat(closed.fired("f")).isEqualTo(1);
        }
    }

    @Test
    void aFrozenProcessTakesTheConnectionAndAnswersWhenItThaws() {
        chat.freeze();
        var asking = CompletableFuture.supplyAsync(() -> post("lobby", "1"));
        assertThatThrownBy(() -> asking.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        chat.thaw();

        assertThat(asking.join().status()).isEqualTo(200);
    }

    @Test
    void statisticsTellHowMuchWasTakenBeforeTheFault() {
        long before = chat.statistics().path("accepted").path("messages").asLong() + 3;
        broken(Fault.of("f", "POST /messages", "status").after(1));
        post("lobby", "1", "2");
        post("lobby", "3");

        assertThat(chat.acceptedBefore("f")).isEqualTo(before + 2);
    }

    private static void broken(Fault fault) {
        chat.faults(fault);
    }

    private static List<String> there() {
        return chat.all("messages").stream()
                .map(message -> message.path("source").asText())
                .toList();
    }

    private static Reply post(String channel, String... sources) {
        var body = JSON.createObjectNode();
        for (var source : sources) {
            body.withArray("/items")
                    .addObject()
                    .put("source", source)
                    .put("channel", channel)
                    .put("author", "ann");
        }
        var answer = chat.ask("POST", "/messages", body);
        return new Reply(answer.statusCode(), answer.body());
    }

    private record Reply(int status, String body) {
        JsonNode tree() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
