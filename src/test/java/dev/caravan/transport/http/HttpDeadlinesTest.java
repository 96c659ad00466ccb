package dev.caravan.transport.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** No call lasts longer, and no body is read further, than it may; who breaks a call off has lost it. */
class HttpDeadlinesTest extends HttpCallsToRawServer {

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
}
