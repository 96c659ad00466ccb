package dev.caravan.fakechat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.model.Problem;
import dev.caravan.transport.Silence;
import dev.caravan.transport.http.Call;
import dev.caravan.transport.http.HttpCalls;
import dev.caravan.transport.http.HttpLimits;
import dev.caravan.transport.http.Pace;
import dev.caravan.transport.http.Reply;

/** Calls of the chat's API, with the token they need. */
final class FakeChatCalls implements AutoCloseable {

    private static final String GROUP = "fakechat";
    private static final long MOST_BYTES = 4 << 20;
    private static final int UNAUTHORISED = 401;

    private final ObjectMapper json;
    private final String url;
    private final String secret;
    private final HttpCalls calls;
    private volatile String token;

    FakeChatCalls(ObjectMapper json, Map<String, String> properties) {
        this.json = json;
        url = properties.get("url");
        secret = properties.get("secret");
        var timeout = Duration.ofMillis(Long.parseLong(properties.getOrDefault("timeoutMs", "10000")));
        var rate = Double.parseDouble(properties.getOrDefault("rate", "Infinity"));
        var inFlight = Integer.parseInt(properties.getOrDefault("inFlight", "8"));
        calls = new HttpCalls(
                new Pace(Map.of(GROUP, rate), () -> 1),
                new HttpLimits(timeout, timeout, timeout.multipliedBy(2), inFlight));
    }

    /**
     * An expired token is renewed once.
     *
     * @param body null for none
     * @throws Problem when the chat does not take the secret, or not the token it gave for it
     */
    Reply ask(String method, String path, JsonNode body) {
        var used = token();
        var reply = send(method, path, body, used);
        if (!unauthorised(reply)) {
            return reply;
        }
        forget(used);
        var again = send(method, path, body, token());
        if (unauthorised(again)) {
            throw new Problem("CRV-201", "caravan.sink.secret");
        }
        return again;
    }

    static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A token, or none when the chat wants none or does not give one now: the call itself then tells why. */
    private String token() {
        var known = token;
        if (secret == null || known != null) {
            return known;
        }
        var reply = send("POST", "/token", json.createObjectNode().put("secret", secret), null);
        if (reply instanceof Reply.Answer answer && answer.status() == 403) {
            throw new Problem("CRV-201", "caravan.sink.secret");
        }
        token = tree(reply).path("token").asText(null);
        return token;
    }

    private synchronized void forget(String used) {
        if (used != null && used.equals(token)) {
            token = null;
        }
    }

    private Reply send(String method, String path, JsonNode body, String shown) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", FakeReply.JSON)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        if (shown != null) {
            request.header("Authorization", "Bearer " + shown);
        }
        return calls.ask(new Call(GROUP, request.build(), MOST_BYTES));
    }

    private static boolean unauthorised(Reply reply) {
        return reply instanceof Reply.Answer answer && answer.status() == UNAUTHORISED;
    }

    /** The JSON of an answer; missing when there is none. */
    JsonNode tree(Reply reply) {
        try {
            return reply instanceof Reply.Answer answer ? json.readTree(answer.body()) : json.missingNode();
        } catch (JsonProcessingException e) {
            return json.missingNode();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    Optional<Silence.Known> silence() {
        return calls.silence();
    }

    @Override
    public void close() {
        calls.close();
    }
}
