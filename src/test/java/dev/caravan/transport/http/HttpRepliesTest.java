package dev.caravan.transport.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

import dev.caravan.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is known of a call afterwards: answered, surely not sent, or lost. */
class HttpRepliesTest extends HttpCallsToRawServer {

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
}
