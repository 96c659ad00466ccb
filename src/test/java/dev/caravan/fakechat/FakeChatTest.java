package dev.caravan.fakechat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The chat as it is when nothing is broken but its process. */
@Timeout(60)
class FakeChatTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private FakeChatProcess chat;

    @BeforeEach
    void start() {
        chat = FakeChatProcess.start(folder);
    }

    @AfterEach
    void end() {
        chat.close();
    }

    @Test
    void idsRiseInTheOrderOfTheItemsAndAnUnknownAuthorOrChannelIsOnlyThatItemsError() throws IOException {
        town();

        var results = JSON.readTree(chat.ask(
                                "POST",
                                "/messages",
                                JSON.readTree(
                                        """
                                {"items": [{"source": "1", "channel": "lobby", "author": "ann", "text": "a"},
                                           {"source": "2", "channel": "attic", "author": "ann", "text": "b"},
                                           {"source": "3", "channel": "lobby", "author": "cyd", "text": "c"},
                                           {"source": "4", "channel": "c2", "author": "u1", "text": "d"}]}
                                """))
                        .body())
                .path("results");

        assertThat(results.findValuesAsText("id")).containsExactly("m3", "m4");
        assertThat(results.get(1).path("error").asText()).isEqualTo("unknown-channel");
        assertThat(results.get(2).path("error").asText()).isEqualTo("unknown-user");
        assertThat(chat.held()).isEqualTo(Map.of("L", List.of("1", "4")));
    }

    @Test
    void whatWasAnsweredForSurvivesKill9AndIdsGoOnRising() throws Exception {
        town();
        var answered = new AtomicInteger();
        var enough = new CountDownLatch(200);
        try (var senders = new Senders(4)) {
            senders.start(n -> {
                send("s" + n);
                answered.incrementAndGet();
                enough.countDown();
            });
            enough.await();
            chat.kill();
        }
        int promised = answered.get();

        chat = chat.again();

        var there = chat.held().get("L");
        assertThat(there)
                .hasSizeGreaterThanOrEqualTo(promised)
                .hasSizeGreaterThanOrEqualTo(200)
                .doesNotHaveDuplicates();
        assertThat(number(send("after"))).isGreaterThan(there.size());
        assertThat(chat.held().get("L"))
                .startsWith(there.toArray(String[]::new))
                .endsWith("after");
    }

    @Test
    void theSameSourceSentTwiceIsTwoObjects() throws IOException {
        town();
        send("1");
        send("1");

        assertThat(chat.statistics().at("/doubled/messages/1")).hasSize(2);
        assertThat(JSON.readTree(chat.ask("GET", "/messages?source=1", null).body())
                        .path("items"))
                .hasSize(2);
    }

    @Test
    void anEditRaisesTheVersionAndADeletionIsForEver() throws IOException {
        town();
        var id = send("1");
        chat.ask("PUT", "/messages/" + id, message("1").put("text", "better"));

        chat = chat.again();

        var edited = JSON.readTree(chat.ask("GET", "/messages/" + id, null).body());
        assertThat(edited.path("text").asText()).isEqualTo("better");
        assertThat(edited.path("version").asInt()).isEqualTo(2);
        assertThat(chat.ask("DELETE", "/channels/c2", null).statusCode()).isEqualTo(409);
        assertThat(chat.ask("DELETE", "/messages/" + id, null).statusCode()).isEqualTo(200);
        chat = chat.again();
        assertThat(chat.ask("DELETE", "/messages/" + id, null).statusCode()).isEqualTo(404);
        assertThat(chat.ask("DELETE", "/channels/c2", null).statusCode()).isEqualTo(200);
        assertThat(chat.all("messages")).isEmpty();
    }

    @Test
    void pagesAreReadOneAfterTheOtherInOrderOfArrival() throws IOException {
        town();
        IntStream.range(0, 25).forEach(n -> send("n" + n));

        var first = JSON.readTree(
                chat.ask("GET", "/messages?channel=lobby&limit=20", null).body());
        var second = JSON.readTree(chat.ask(
                        "GET",
                        "/messages?channel=lobby&limit=20&after="
                                + first.path("next").asText(),
                        null)
                .body());

        assertThat(first.path("items")).hasSize(20);
        assertThat(second.path("items").findValuesAsText("source")).containsExactly("n20", "n21", "n22", "n23", "n24");
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void moreThanSixtyItemsAreRefusedAsAWhole() {
        var body = JSON.createObjectNode();
        IntStream.range(0, 61).forEach(n -> body.withArray("/items")
                .addObject()
                .put("source", "u" + n)
                .put("name", "u" + n));

        assertThat(chat.ask("POST", "/users", body).statusCode()).isEqualTo(400);
        assertThat(chat.all("users")).isEmpty();
    }

    @Test
    void overItsRateItSays429AndTellsTheLargestSecond() {
        chat.close();
        chat = FakeChatProcess.start(folder.resolve("limited"), "rate=5");

        var statuses = IntStream.range(0, 6)
                .map(n -> chat.ask("GET", "/users", null).statusCode())
                .boxed()
                .toList();

        assertThat(statuses).containsExactly(200, 200, 200, 200, 200, 429);
        assertThat(chat.statistics().path("largestSecond").asInt()).isEqualTo(6);
        assertThat(chat.statistics().at("/requests/GET ~1users").asInt()).isEqualTo(6);
    }

    @Test
    void withASecretNothingGoesWithoutAToken() throws IOException {
        chat.close();
        chat = FakeChatProcess.start(folder.resolve("closed"), "secret=open sesame");

        assertThat(chat.ask("GET", "/users", null).statusCode()).isEqualTo(401);
        assertThat(chat.ask("POST", "/token", JSON.createObjectNode().put("secret", "please"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(JSON.readTree(chat.ask(
                                        "POST",
                                        "/token",
                                        JSON.createObjectNode().put("secret", "open sesame"))
                                .body())
                        .path("token")
                        .asText())
                .startsWith("token-");
    }

    @Test
    void aWindowForgetsWhatIsASecondOld() {
        var now = new long[1];
        var meter = new WindowMeter(() -> now[0]);
        var tenth = Duration.ofMillis(100).toNanos();

        for (int i = 0; i < 20; i++) {
            meter.started();
            now[0] += tenth;
        }

        assertThat(meter.largest()).isEqualTo(10);
    }

    private void town() throws IOException {
        chat.ask("POST", "/users", tree("{'items': [{'source': 'A', 'name': 'ann'}]}"));
        chat.ask("POST", "/channels", tree("{'items': [{'source': 'L', 'name': 'lobby'}]}"));
    }

    private String send(String source) {
        var body = JSON.createObjectNode();
        body.putArray("items").add(message(source));
        try {
            return JSON.readTree(chat.ask("POST", "/messages", body).body())
                    .at("/results/0/id")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode message(String source) {
        return JSON.createObjectNode()
                .put("source", source)
                .put("channel", "lobby")
                .put("author", "ann")
                .put("text", "t");
    }

    private static long number(String id) {
        return FakeKind.number(id);
    }

    private static JsonNode tree(String text) throws IOException {
        return JSON.readTree(text.replace('\'', '"'));
    }

    /** Threads that send one after the other, until the chat is gone. */
    private static final class Senders implements AutoCloseable {
        private final ExecutorService threads;
        private final int number;
        private final AtomicInteger next = new AtomicInteger();

        Senders(int number) {
            this.number = number;
            threads = Executors.newFixedThreadPool(number);
        }

        void start(IntConsumer send) {
            for (int i = 0; i < number; i++) {
                threads.submit(() -> {
                    while (true) {
                        send.accept(next.getAndIncrement());
                    }
                });
            }
        }

        @Override
        public void close() throws InterruptedException {
            threads.shutdownNow();
            threads.awaitTermination(30, TimeUnit.SECONDS);
        }
    }
}
