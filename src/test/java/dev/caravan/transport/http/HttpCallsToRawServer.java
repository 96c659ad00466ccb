package dev.caravan.transport.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Calls to a server that says exactly the bytes a test wants. */
@Timeout(60)
abstract class HttpCallsToRawServer {

    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(300);
    static final HttpLimits PATIENT = new HttpLimits(LONG, LONG, LONG, 8);

    final FakeTicker ticker = new FakeTicker();
    final Pace pace =
            new Pace(Map.of("messages", Double.POSITIVE_INFINITY, "users", Double.POSITIVE_INFINITY), () -> 1, ticker);
    final ArrayList<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : opened) {
            each.close();
        }
    }

    RawServer answering(String answer) throws IOException {
        return server((connection, request) -> RawServer.say(connection, answer));
    }

    RawServer server(RawServer.Behaviour behaviour) throws IOException {
        var server = new RawServer(behaviour);
        opened.add(server);
        return server;
    }

    HttpCalls calls(HttpLimits limits) {
        var calls = new HttpCalls(pace, limits, Clock.systemUTC(), new Random(1));
        opened.add(calls);
        return calls;
    }

    static Call post(URI uri, long maxBytes) {
        return call(uri, "POST", maxBytes);
    }

    static Call call(URI uri, String method, long maxBytes) {
        var request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.ofString("{\"id\":1}"))
                .build();
        return new Call("messages", request, maxBytes);
    }
}
