package dev.caravan.transport.http;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How many calls are under way, and how a server slows a group of them. */
class HttpPacingTest extends HttpCallsToRawServer {

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
}
