package dev.caravan.transport.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import dev.caravan.model.Problem;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class HttpCallsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final HttpLimits PATIENT = new HttpLimits(LONG, LONG, LONG, 8);

    private final FakeTicker ticker = new FakeTicker();
    private final Pace pace =
            new Pace(Map.of("messages", Double.POSITIVE_INFINITY, "users", Double.POSITIVE_INFINITY), () -> 1, ticker);
    private final ArrayList<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : opened) {
            each.close();
        }
    }

    @Test
    void an_answer_is_handed_over_whatever_its_status() throws IOException {
        var server = server((connection, request) ->
                RawServer.say(connection, "HTTP/1.1 418 Teapot\r\nX-Pot: short\r\nContent-Length: 5\r\n\r\nstout"));
        assertThat(calls(PATIENT).ask(post(server.uri(), 5))).isInstanceOfSatisfying(Reply.Answer.class, answer -> {
            assertThat(answer.status()).isEqualTo(418);
            assertThat(answer.headers().firstValue("x-pot")).contains("short");
            assertThat(answer.body()).isEqualTo("stout".getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void a_refused_connection_means_surely_not_sent() throws IOException {
        URI nobody;
        try (var server = server((connection, request) -> false)) {
            nobody = server.uri();
        }
        assertThat(calls(PATIENT).ask(post(nobody, 100))).isInstanceOf(Reply.NotSent.class);
    }

    @Test
    void a_host_nobody_knows_means_surely_not_sent() {
        // Longer than a label of a name may be, so that no server of names is asked.
        var unknown = URI.create("http://" + "x".repeat(70) + ".invalid/");
        assertThat(calls(PATIENT).ask(post(unknown, 100))).isInstanceOf(Reply.NotSent.class);
    }

    @Test
    void a_connection_that_is_never_made_means_surely_not_sent() throws IOException {
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var waiting = new ArrayList<Socket>();
            for (var i = 0; i < 4; i++) {
                waiting.add(fill(full));
            }
            var uri = URI.create("http://127.0.0.1:" + full.getLocalPort() + "/");
            assertThat(calls(new HttpLimits(SHORT, LONG, LONG, 1)).ask(post(uri, 100)))
                    .isInstanceOf(Reply.NotSent.class);
            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void a_certificate_we_do_not_trust_means_surely_not_sent() throws Exception {
        try (var server = new SelfSignedServer()) {
            assertThat(calls(PATIENT).ask(post(server.uri(), 100)))
                    .isInstanceOfSatisfying(Reply.NotSent.class, reply -> assertThat(reply.why())
                            .hasMessageContaining("PKIX"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void a_connection_closed_after_the_request_means_lost_and_nothing_is_sent_again(String method) throws IOException {
        var server = server((connection, request) -> false);
        assertThat(calls(PATIENT).ask(call(server.uri(), method, 100))).isInstanceOf(Reply.Lost.class);
        assertThat(server.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void a_kept_connection_that_the_server_closes_at_the_next_request_means_lost_and_nothing_is_sent_again(
            String method) throws IOException {
        var server = server((connection, request) -> request % 2 == 1 && RawServer.ok(connection, "first"));
        var calls = calls(PATIENT);
        for (var pair = 1; pair <= 5; pair++) {
            assertThat(calls.ask(call(server.uri(), method, 100))).isInstanceOf(Reply.Answer.class);
            assertThat(calls.ask(call(server.uri(), method, 100))).isInstanceOf(Reply.Lost.class);
            assertThat(server.requests()).isEqualTo(2 * pair);
            assertThat(server.connections()).as("the connection was kept").isEqualTo(pair);
        }
    }

    @Test
    void a_kept_connection_that_is_reset_at_the_next_request_means_lost_and_nothing_is_sent_again() throws IOException {
        var server = server((connection, request) -> {
            if (request == 2) {
                connection.setSoLinger(true, 0);
            }
            return request == 1 && RawServer.ok(connection, "first");
        });
        var calls = calls(PATIENT);
        calls.ask(post(server.uri(), 100));
        assertThat(calls.ask(post(server.uri(), 100))).isInstanceOf(Reply.Lost.class);
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void no_client_starts_that_would_repeat_requests_behind_our_back() {
        var property = "jdk.httpclient.enableAllMethodRetry";
        System.setProperty(property, "");
        try {
            assertThatThrownBy(() -> new HttpCalls(pace, PATIENT))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("CRV-217")
                    .hasMessageContaining(property);
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    void a_server_that_never_answers_means_lost() throws IOException {
        var server = server((connection, request) -> true);
        assertThat(calls(new HttpLimits(LONG, SHORT, LONG, 1)).ask(post(server.uri(), 100)))
                .isInstanceOf(Reply.Lost.class);
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void what_is_under_way_when_nothing_may_be_sent_any_more_is_broken_off_after_a_while() throws Exception {
        var server = server((connection, request) -> true);
        var share = new AtomicReference<>(1.0);
        var paced = new Pace(Map.of("messages", Double.POSITIVE_INFINITY), share::get, ticker);
        var calls = new HttpCalls(paced, new HttpLimits(LONG, LONG, LONG, 8, SHORT));
        opened.add(calls);
        var reply = calls.send(post(server.uri(), 5));
        Awaitility.await().until(() -> server.requests() == 1);

        assertThat(reply).isNotDone();
        share.set(0.0);

        assertThat(reply.get(10, TimeUnit.SECONDS)).isInstanceOf(Reply.Lost.class);
        assertThat(calls.ask(post(server.uri(), 5))).isInstanceOf(Reply.NotSent.class);
    }

    @Test
    void a_long_body_can_be_taken_without_being_held() throws IOException {
        var server = server((connection, request) -> RawServer.ok(connection, "x".repeat(100_000)));
        var taken = new AtomicLong();
        var calls = calls(PATIENT);

        var whole = calls.ask(into(server.uri(), 100_000, taken));
        assertThat(whole).isInstanceOfSatisfying(Reply.Answer.class, answer -> assertThat(answer.body())
                .isEmpty());
        assertThat(taken).hasValue(100_000);

        assertThat(calls.ask(into(server.uri(), 99_999, taken)))
                .isInstanceOfSatisfying(
                        Reply.Lost.class, lost -> assertThat(lost.why()).isInstanceOf(TooLong.class));
    }

    private static Call into(URI uri, long most, AtomicLong taken) {
        return new Call(
                "messages", HttpRequest.newBuilder(uri).build(), most, bytes -> taken.addAndGet(bytes.remaining()));
    }

    @Test
    void a_call_may_have_more_time_than_the_others() throws IOException {
        var server = server((connection, request) -> {
            Thread.sleep(3 * SHORT.toMillis());
            return RawServer.ok(connection, "late");
        });
        var request = HttpRequest.newBuilder(server.uri()).timeout(LONG).build();
        assertThat(calls(new HttpLimits(LONG, SHORT, SHORT, 1)).ask(new Call("messages", request, 100)))
                .isInstanceOf(Reply.Answer.class);
    }

    @Test
    void a_body_that_drips_for_ever_ends_with_the_whole_deadline_and_so_does_its_connection() throws IOException {
        var gone = new CountDownLatch(1);
        var server = server((connection, request) -> drip(connection, gone, "HTTP/1.1 200 OK\r\n\r\n"));
        var calls = calls(new HttpLimits(LONG, LONG, SHORT, 1));
        assertThat(calls.ask(post(server.uri(), 1_000_000)))
                .isInstanceOfSatisfying(
                        Reply.Lost.class, reply -> assertThat(reply.why()).hasMessageContaining("PT0.3S"));
        Awaitility.await().until(() -> gone.getCount() == 0);
    }

    @Test
    void a_head_that_drips_for_ever_ends_too() throws IOException {
        var gone = new CountDownLatch(1);
        var server = server((connection, request) -> drip(connection, gone, "HTTP/1.1 200 OK\r\nX-Drip: "));
        assertThat(calls(new HttpLimits(LONG, SHORT, LONG, 1)).ask(post(server.uri(), 100)))
                .isInstanceOf(Reply.Lost.class);
        Awaitility.await().until(() -> gone.getCount() == 0);
    }

    @Test
    void a_body_is_read_to_its_limit_and_not_further() throws IOException {
        var server = server((connection, request) -> RawServer.ok(connection, "12345"));
        var calls = calls(PATIENT);
        assertThat(calls.ask(post(server.uri(), 5))).isInstanceOf(Reply.Answer.class);
        assertThat(calls.ask(post(server.uri(), 4)))
                .isInstanceOfSatisfying(
                        Reply.Lost.class, reply -> assertThat(reply.why()).hasMessageContaining("longer than 4"));
    }

    @Test
    void a_body_without_end_is_not_read() throws IOException {
        var sent = new AtomicLong();
        var gone = new CountDownLatch(1);
        var server = server((connection, request) -> {
            RawServer.say(connection, "HTTP/1.1 200 OK\r\n\r\n");
            try {
                while (true) {
                    RawServer.say(connection, "x".repeat(65_536));
                    sent.addAndGet(65_536);
                }
            } finally {
                gone.countDown();
            }
        });
        assertThat(calls(PATIENT).ask(post(server.uri(), 10_000))).isInstanceOf(Reply.Lost.class);
        Awaitility.await().until(() -> gone.getCount() == 0);
        assertThat(sent.get()).isLessThan(20_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"cut",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n{\"cut",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nbody",
                "HTTP/1.1 abc OK\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n"
            })
    void half_an_answer_and_rubbish_mean_lost(String bytes) throws IOException {
        var server = server((connection, request) -> !RawServer.say(connection, bytes));
        assertThat(calls(PATIENT).ask(post(server.uri(), 10_000))).isInstanceOf(Reply.Lost.class);
        assertThat(server.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_is_an_answer_and_is_not_followed(int status) throws IOException {
        var elsewhere = server((connection, request) -> RawServer.ok(connection, "stolen"));
        var server = server((connection, request) -> RawServer.say(
                connection,
                "HTTP/1.1 " + status + " Go\r\nLocation: " + elsewhere.uri() + "\r\nContent-Length: 0\r\n\r\n"));
        assertThat(calls(PATIENT).ask(post(server.uri(), 100)))
                .isInstanceOfSatisfying(Reply.Answer.class, answer -> assertThat(answer.status())
                        .isEqualTo(status));
        assertThat(elsewhere.connections()).isZero();
    }

    @Test
    void never_more_calls_are_under_way_than_there_are_places() throws Exception {
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        var full = new CountDownLatch(3);
        var server = server((connection, request) -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            full.countDown();
            // The first ones stay until as many as may are there at the same time.
            full.await(10, TimeUnit.SECONDS);
            underWay.decrementAndGet();
            return RawServer.ok(connection, "done");
        });
        var calls = calls(new HttpLimits(LONG, LONG, LONG, 3));
        var replies = new ArrayList<CompletableFuture<Reply>>();
        for (var i = 0; i < 30; i++) {
            replies.add(calls.send(post(server.uri(), 100)));
        }
        for (var reply : replies) {
            assertThat(reply.get(20, TimeUnit.SECONDS)).isInstanceOf(Reply.Answer.class);
        }
        assertThat(most.get()).isEqualTo(3);
        assertThat(server.requests()).isEqualTo(30);
    }

    @Test
    void what_follows_a_reply_may_call_again_even_with_a_single_place() throws Exception {
        var server = server((connection, request) -> RawServer.ok(connection, "" + request));
        var calls = calls(new HttpLimits(LONG, LONG, LONG, 1));
        var chains = new ArrayList<CompletableFuture<Reply>>();
        for (var i = 0; i < 8; i++) {
            chains.add(calls.send(post(server.uri(), 100)).thenApply(first -> calls.ask(post(server.uri(), 100))));
        }
        for (var chain : chains) {
            assertThat(chain.get(20, TimeUnit.SECONDS)).isInstanceOf(Reply.Answer.class);
        }
        assertThat(server.requests()).isEqualTo(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"429 Too Many Requests", "503 Service Unavailable"})
    void retry_after_slows_the_whole_group_and_no_other(String status) throws IOException {
        var server = answering("HTTP/1.1 " + status + "\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");
        calls(PATIENT).ask(post(server.uri(), 100));
        assertThat(pace.paused("messages")).isEqualTo(Duration.ofSeconds(7));
        assertThat(pace.paused("users")).isZero();
    }

    @Test
    void the_answer_tells_how_long_to_wait() throws IOException {
        var server = answering("HTTP/1.1 429 Slow\r\nRetry-After: 1000000000\r\nContent-Length: 0\r\n\r\n");
        assertThat(calls(PATIENT).ask(post(server.uri(), 100)))
                .isInstanceOfSatisfying(Reply.Answer.class, answer -> assertThat(
                                answer.retryAfter(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)))
                        .contains(Duration.ofHours(1)));
        assertThat(pace.paused("messages")).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void a_call_that_would_wait_for_long_is_not_sent_and_says_so() throws IOException {
        var server = answering("HTTP/1.1 503 Gone\r\nRetry-After: 11\r\nContent-Length: 0\r\n\r\n");
        var calls = calls(PATIENT);
        calls.ask(post(server.uri(), 100));

        assertThat(calls.ask(post(server.uri(), 100)))
                .isInstanceOfSatisfying(Reply.NotSent.class, reply -> assertThat(reply.why())
                        .hasMessage("asked to wait for 11 s more"));

        assertThat(server.requests()).isEqualTo(1);
        ticker.sleep(Duration.ofSeconds(1).toNanos());
        assertThat(calls.ask(post(server.uri(), 100))).isInstanceOf(Reply.Answer.class);
    }

    @Test
    void too_many_requests_without_a_time_slows_the_group_more_each_time() throws IOException {
        var server = answering("HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n");
        var calls = calls(PATIENT);
        var bound = Duration.ofSeconds(1);
        for (var i = 0; i < 10; i++) {
            calls.ask(post(server.uri(), 100));
            var paused = pace.paused("messages");
            assertThat(paused).isBetween(bound.dividedBy(2), bound);
            ticker.sleep(paused.toNanos());
            bound = bound.multipliedBy(2).compareTo(Duration.ofMinutes(1)) > 0
                    ? Duration.ofMinutes(1)
                    : bound.multipliedBy(2);
        }
    }

    @Test
    void an_unavailable_server_that_names_no_time_slows_nothing() throws IOException {
        var server = answering("HTTP/1.1 503 Gone\r\nContent-Length: 0\r\n\r\n");
        calls(PATIENT).ask(post(server.uri(), 100));
        assertThat(pace.paused("messages")).isZero();
    }

    @Test
    void who_is_interrupted_before_the_call_has_surely_not_sent_it_and_stays_interrupted() throws IOException {
        var server = server((connection, request) -> RawServer.ok(connection, "done"));
        Thread.currentThread().interrupt();
        var reply = calls(PATIENT).ask(post(server.uri(), 100));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(reply).isInstanceOf(Reply.NotSent.class);
        assertThat(server.requests()).isZero();
    }

    @Test
    void who_is_interrupted_during_the_call_has_lost_it_and_its_connection_ends() throws Exception {
        var gone = new CountDownLatch(1);
        var server = server((connection, request) -> {
            gone.countDown();
            return true;
        });
        var calls = calls(new HttpLimits(LONG, LONG, LONG, 1));
        var reply = new AtomicReference<Reply>();
        var asking = new Thread(() -> reply.set(calls.ask(post(server.uri(), 100))));
        asking.start();
        gone.await(10, TimeUnit.SECONDS);
        asking.interrupt();
        asking.join(10_000);
        assertThat(reply.get()).isInstanceOfSatisfying(Reply.Lost.class, lost -> assertThat(lost.why())
                .isInstanceOf(InterruptedIOException.class));
        // The only place is free again.
        assertThat(calls.send(post(server.uri(), 100))).isNotDone();
    }

    @Test
    void closing_loses_what_is_under_way_and_sends_nothing_more() throws Exception {
        var arrived = new CountDownLatch(1);
        var server = server((connection, request) -> {
            arrived.countDown();
            return true;
        });
        var calls = calls(PATIENT);
        var reply = calls.send(post(server.uri(), 100));
        arrived.await(10, TimeUnit.SECONDS);
        calls.close();
        assertThat(reply.get(10, TimeUnit.SECONDS)).isInstanceOf(Reply.Lost.class);
        assertThat(calls.ask(post(server.uri(), 100))).isInstanceOf(Reply.NotSent.class);
        assertThat(server.requests()).isEqualTo(1);
    }

    private static boolean drip(Socket connection, CountDownLatch gone, String head)
            throws IOException, InterruptedException {
        RawServer.say(connection, head);
        try {
            while (true) {
                RawServer.say(connection, "x");
                Thread.sleep(5);
            }
        } finally {
            gone.countDown();
        }
    }

    /** A connection that takes a place in the server's queue, made or not. */
    private static Socket fill(ServerSocket server) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(server.getLocalSocketAddress(), 100);
        } catch (IOException full) {
            // The queue is full: that is what is wanted.
        }
        return socket;
    }

    private RawServer answering(String answer) throws IOException {
        return server((connection, request) -> RawServer.say(connection, answer));
    }

    private RawServer server(RawServer.Behaviour behaviour) throws IOException {
        var server = new RawServer(behaviour);
        opened.add(server);
        return server;
    }

    private HttpCalls calls(HttpLimits limits) {
        var calls = new HttpCalls(pace, limits, Clock.systemUTC(), new Random(1));
        opened.add(calls);
        return calls;
    }

    private static Call post(URI uri, long maxBytes) {
        return call(uri, "POST", maxBytes);
    }

    private static Call call(URI uri, String method, long maxBytes) {
        var request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.ofString("{\"id\":1}"))
                .build();
        return new Call("messages", request, maxBytes);
    }
}
