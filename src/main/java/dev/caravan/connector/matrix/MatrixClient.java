package dev.caravan.connector.matrix;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.model.Problem;
import dev.caravan.model.Sha256;
import dev.caravan.transport.Rate;
import dev.caravan.transport.Silence;
import dev.caravan.transport.http.Call;
import dev.caravan.transport.http.HttpCalls;
import dev.caravan.transport.http.HttpLimits;
import dev.caravan.transport.http.Pace;
import dev.caravan.transport.http.Reply;
import dev.caravan.transport.http.TooLong;

/**
 * Requests of the client-server API, made as the application service or as one of those it stands for.
 *
 * @see <a href="https://spec.matrix.org/v1.11/application-service-api/#client-server-api-extensions">Extensions for
 *     application services: user_id and ts</a>
 */
final class MatrixClient implements AutoCloseable {

    /** The endpoint group whose rate all requests spend. */
    static final String REQUESTS = "requests";

    private static final String API = "/_matrix/client/v3";
    private static final long MAX_JSON = 32L * 1024 * 1024;

    /** Code of a file that has more bytes than are read. */
    static final String TOO_LARGE = "too-large";

    private static final Duration FILE = Duration.ofMinutes(30);
    private static final Duration WAIT = Duration.ofSeconds(2);

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final MatrixSettings settings;
    private final ObjectMapper json = JsonMapper.builder().build();
    private final HttpCalls calls;
    private final DoubleSupplier share;
    private final ThreadLocal<Boolean> tidying = ThreadLocal.withInitial(() -> false);
    private volatile double lastShare = 1;

    /** @param share of the permitted rate that may be used, 0 to 1 */
    MatrixClient(MatrixSettings settings, DoubleSupplier share) {
        this.settings = settings;
        this.share = share;
        this.calls = new HttpCalls(
                new Pace(Map.of(REQUESTS, settings.rate()), this::share),
                new HttpLimits(
                        Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(5), settings.inFlight()));
    }

    /** The few requests that leave a room as its people shall find it are sent after a pause, too, at the pace there was. */
    void tidy(Runnable requests) {
        tidying.set(true);
        try {
            requests.run();
        } finally {
            tidying.remove();
        }
    }

    private double share() {
        var now = share.getAsDouble();
        if (now > 0) {
            lastShare = now;
        }
        return tidying.get() ? lastShare : now;
    }

    MatrixIds ids() {
        return settings.ids();
    }

    URI url() {
        return settings.url();
    }

    /** The application service's own account. */
    String sender() {
        return settings.sender();
    }

    List<Rate> rates() {
        return calls.rates();
    }

    JsonNode get(String path, String user) throws MatrixFailure {
        return ask("GET", address(API + path, user, 0), null);
    }

    /**
     * Events that answer, edit or react to an event, a page of them.
     *
     * @param from {@code next_batch} of the page before; null for the first
     */
    JsonNode relations(String room, String event, String user, String from) throws MatrixFailure {
        var path = "/_matrix/client/v1" + room + "/relations/" + MatrixIds.encoded(event) + "?limit=100"
                + (from == null ? "" : "&from=" + MatrixIds.encoded(from));
        return ask("GET", address(path, user, 0), null);
    }

    JsonNode post(String path, String user, JsonNode body) throws MatrixFailure {
        return ask("POST", address(API + path, user, 0), body);
    }

    /** @param time ms since 1970 that an event is to have; 0 for now */
    JsonNode put(String path, String user, long time, JsonNode body) throws MatrixFailure {
        return ask("PUT", address(API + path, user, time), body);
    }

    JsonNode delete(String path, String user) throws MatrixFailure {
        return ask("DELETE", address(API + path, user, 0), null);
    }

    /** @return the {@code mxc:} address */
    String upload(Path file, String name, String type, String user) throws MatrixFailure {
        var address = address("/_matrix/media/v3/upload?filename=" + MatrixIds.encoded(name), user, 0);
        try {
            var body = ask(request("POST", address, BodyPublishers.ofFile(file), type), MAX_JSON);
            var uri = json(body).path("content_uri").asText("");
            if (uri.isEmpty()) {
                throw MatrixFailure.doubt();
            }
            return uri;
        } catch (IOException gone) {
            throw MatrixFailure.denied(0, "file-unreadable");
        }
    }

    /**
     * Reads a file to its end, without holding it.
     *
     * @param mxc {@code mxc://server/id}
     * @return its SHA-256, in hexadecimal digits
     * @throws MatrixFailure denied with {@link #TOO_LARGE} when it has more bytes than are read
     */
    String digest(String mxc, String user) throws MatrixFailure {
        var path = "/_matrix/client/v1/media/download/" + mxc.substring("mxc://".length());
        var request = HttpRequest.newBuilder(address(path, user, 0))
                .header("Authorization", "Bearer " + settings.token())
                .timeout(FILE)
                .build();
        var digest = Sha256.digest();
        ask(new Call(REQUESTS, request, settings.largestFile(), digest::update));
        return HexFormat.of().formatHex(digest.digest());
    }

    static boolean isReadable(Path file) {
        return Files.isRegularFile(file) && Files.isReadable(file);
    }

    Optional<Silence.Known> silence() {
        return calls.silence();
    }

    @Override
    public void close() {
        calls.close();
    }

    private JsonNode ask(String method, URI address, JsonNode body) throws MatrixFailure {
        var bytes = body == null
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8);
        return json(ask(request(method, address, bytes, body == null ? null : "application/json"), MAX_JSON));
    }

    private HttpRequest request(String method, URI address, BodyPublisher body, String type) {
        var request = HttpRequest.newBuilder(address)
                .method(method, body)
                .header("Authorization", "Bearer " + settings.token());
        if (type != null) {
            request.header("Content-Type", type);
        }
        return request.build();
    }

    private byte[] ask(HttpRequest request, long maxBytes) throws MatrixFailure {
        return ask(new Call(REQUESTS, request, maxBytes));
    }

    private byte[] ask(Call call) throws MatrixFailure {
        var reply = calls.ask(call);
        if (reply instanceof Reply.NotSent) {
            throw MatrixFailure.later(WAIT);
        }
        if (reply instanceof Reply.Lost lost && lost.why() instanceof TooLong && call.into() != null) {
            throw MatrixFailure.denied(0, TOO_LARGE);
        }
        if (!(reply instanceof Reply.Answer answer) || answer.status() >= SERVER_ERROR) {
            throw MatrixFailure.doubt();
        }
        if (answer.status() / 100 == 2) {
            return answer.body();
        }
        var error = error(answer.body());
        var code = error.path("errcode").asText("");
        if (answer.status() == TOO_MANY_REQUESTS) {
            var ms = error.path("retry_after_ms");
            throw MatrixFailure.later(
                    ms.isNumber()
                            ? Duration.ofMillis(Math.max(0, ms.asLong()))
                            : answer.retryAfter(Clock.systemUTC()).orElse(WAIT));
        }
        if (code.equals("M_UNKNOWN_TOKEN") || code.equals("M_MISSING_TOKEN")) {
            throw new Problem("CRV-454", settings.url());
        }
        if (code.isEmpty()) {
            throw MatrixFailure.doubt();
        }
        throw MatrixFailure.denied(answer.status(), code);
    }

    private URI address(String path, String user, long time) {
        var address = new StringBuilder(settings.url().toString()).append(path);
        char separator = path.indexOf('?') < 0 ? '?' : '&';
        if (user != null && !user.equals(settings.sender())) {
            address.append(separator).append("user_id=").append(MatrixIds.encoded(user));
            separator = '&';
        }
        if (time > 0) {
            address.append(separator).append("ts=").append(time);
        }
        return URI.create(address.toString());
    }

    /** An answer that is no JSON, a login page perhaps, is no answer. */
    private JsonNode json(byte[] body) throws MatrixFailure {
        try {
            var tree = json.readTree(body);
            if (tree != null && tree.isContainerNode()) {
                return tree;
            }
        } catch (IOException none) {
            throw MatrixFailure.doubt();
        }
        throw MatrixFailure.doubt();
    }

    private JsonNode error(byte[] body) {
        try {
            var tree = json.readTree(body);
            return tree == null ? json.missingNode() : tree;
        } catch (IOException none) {
            return json.missingNode();
        }
    }
}
