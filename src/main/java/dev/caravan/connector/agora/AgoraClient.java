package dev.caravan.connector.agora;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Problem;
import dev.caravan.transport.Rate;
import dev.caravan.transport.Silence;
import dev.caravan.transport.http.Backoff;
import dev.caravan.transport.http.Call;
import dev.caravan.transport.http.HttpCalls;
import dev.caravan.transport.http.HttpLimits;
import dev.caravan.transport.http.Pace;
import dev.caravan.transport.http.Reply;

/** Calls of the REST API. For several threads. */
final class AgoraClient implements AutoCloseable {

    private static final long MOST_BYTES = 16L * 1024 * 1024;
    private static final int ATTEMPTS = 6;
    private static final Set<Integer> GONE = Set.of(400, 401, 403, 404, 410);

    private final AgoraSettings settings;
    private final HttpCalls calls;
    private final Clock clock;
    private final DoubleSupplier allowed;
    private final AgoraCredentials credentials;
    private final AgoraMeaning meaning;
    private final Backoff backoff =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(20), RandomGenerator.getDefault());

    /** @param allowed share of the rates that the schedule allows, 0 to 1 */
    AgoraClient(AgoraSettings settings, DoubleSupplier allowed, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.allowed = allowed;
        var share = new RateShare(settings.rateShare(), clock);
        this.calls = new HttpCalls(
                new Pace(
                        Endpoint.rates(settings.importRate(), settings.historyRate()),
                        () -> share.getAsDouble() * allowed.getAsDouble()),
                new HttpLimits(
                        Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(2), settings.inFlight()));
        this.meaning = new AgoraMeaning(settings.rest(), backoff.bound(2), clock);
        this.credentials = new AgoraCredentials(
                settings.easemob()
                        ? this::askForToken
                        : AgoraCredentials.built(settings.appId(), settings.appCertificate(), clock),
                clock);
    }

    AgoraSettings settings() {
        return settings;
    }

    Clock clock() {
        return clock;
    }

    List<Rate> rates() {
        return calls.rates();
    }

    /** The address of a file that was stored under this id. */
    String fileAddress(String id) {
        return settings.rest() + "/chatfiles/" + id;
    }

    AgoraAnswer get(Endpoint endpoint, String path) {
        return insist(endpoint, "GET", path, BodyPublishers.noBody(), Map.of());
    }

    /** Not sent twice. */
    AgoraAnswer post(Endpoint endpoint, String path, JsonNode body) {
        return call(endpoint, "POST", path, BodyPublishers.ofString(body.toString()), json());
    }

    /** The same for what may be sent again: it leaves no second trace. */
    AgoraAnswer postAgain(Endpoint endpoint, String path, JsonNode body) {
        return postAgain(endpoint, path, body, () -> {});
    }

    /** @param doubtful is told of each time that it was sent and nobody knows whether it was carried out */
    AgoraAnswer postAgain(Endpoint endpoint, String path, JsonNode body, Runnable doubtful) {
        return insist(endpoint, "POST", path, BodyPublishers.ofString(body.toString()), json(), doubtful);
    }

    AgoraAnswer delete(Endpoint endpoint, String path) {
        return insist(endpoint, "DELETE", path, BodyPublishers.noBody(), Map.of());
    }

    /** Attributes of users are the one thing that is not JSON. */
    AgoraAnswer putForm(Endpoint endpoint, String path, Map<String, String> fields) {
        var form = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return insist(
                endpoint,
                "PUT",
                path,
                BodyPublishers.ofString(form),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    /** A file that is stored twice leaves one that nobody refers to, and that the server forgets. */
    AgoraAnswer upload(BodyPublisher form, String boundary) {
        return insist(
                Endpoint.FILES,
                "POST",
                "/chatfiles",
                form,
                Map.of("Content-Type", "multipart/form-data; boundary=" + boundary, "restrict-access", "true"));
    }

    /**
     * Bytes at an address of the vendor's storage, which wants no token.
     *
     * @return null when they could not be had
     */
    byte[] download(URI address, long mostBytes) {
        var request = HttpRequest.newBuilder(address).GET().build();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var reply = calls.ask(new Call(Endpoint.STORAGE.group(settings.plan()), request, mostBytes));
            if (reply instanceof Reply.Answer answer && answer.status() == 200) {
                return answer.body();
            }
            pause(backoff.delay(attempt));
        }
        return null;
    }

    /**
     * A file that somebody stored for a message.
     *
     * @param url as the message shows it
     * @param secret that goes with it
     * @return empty when there is no such file here, or no longer
     * @throws Unreadable when the server does not answer
     */
    Optional<byte[]> file(String url, String secret) {
        if (!url.startsWith(fileAddress(""))) {
            return Optional.empty();
        }
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "application/octet-stream")
                .header("Authorization", "Bearer " + credentials.token())
                .header("share-secret", secret)
                .GET()
                .build();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var reply = calls.ask(new Call(Endpoint.FILES.group(settings.plan()), request, settings.largestFile()));
            if (reply instanceof Reply.Answer answer && answer.status() == 200) {
                return Optional.of(answer.body());
            }
            if (reply instanceof Reply.Answer answer && GONE.contains(answer.status())) {
                return Optional.empty();
            }
            pause(backoff.delay(attempt));
        }
        throw new Unreadable("a file");
    }

    private static Map<String, String> json() {
        return Map.of("Content-Type", "application/json");
    }

    private AgoraAnswer insist(
            Endpoint endpoint, String method, String path, BodyPublisher body, Map<String, String> headers) {
        return insist(endpoint, method, path, body, headers, () -> {});
    }

    private AgoraAnswer insist(
            Endpoint endpoint,
            String method,
            String path,
            BodyPublisher body,
            Map<String, String> headers,
            Runnable doubtful) {
        AgoraAnswer answer = new AgoraAnswer.Doubtful();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            answer = call(endpoint, method, path, body, headers);
            if (answer instanceof AgoraAnswer.Done || answer instanceof AgoraAnswer.Denied) {
                return answer;
            }
            if (answer instanceof AgoraAnswer.Doubtful) {
                doubtful.run();
            }
            if (Thread.currentThread().isInterrupted() || !(allowed.getAsDouble() > 0)) {
                break;
            }
            pause(backoff.delay(attempt));
        }
        return answer;
    }

    /** A token the server does not take is renewed once. */
    private AgoraAnswer call(
            Endpoint endpoint, String method, String path, BodyPublisher body, Map<String, String> headers) {
        var token = credentials.token();
        var reply = send(endpoint, method, path, body, headers, token);
        if (reply instanceof Reply.Answer answer && answer.status() == 401) {
            credentials.reject(token);
            reply = send(endpoint, method, path, body, headers, credentials.token());
            if (reply instanceof Reply.Answer again && again.status() == 401) {
                throw new Problem("CRV-483", settings.rest());
            }
        }
        return meaning.of(reply, method + " " + path.replaceAll("[?/][^/]*[0-9@?][^/]*", "/..."));
    }

    private Reply send(
            Endpoint endpoint,
            String method,
            String path,
            BodyPublisher body,
            Map<String, String> headers,
            String token) {
        var request = HttpRequest.newBuilder(URI.create(settings.rest() + path))
                .method(method, body)
                .header("Accept", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        headers.forEach(request::header);
        return calls.ask(new Call(endpoint.group(settings.plan()), request.build(), MOST_BYTES));
    }

    private AgoraCredentials.Issued askForToken() {
        var wanted = Json.object()
                .put("grant_type", "client_credentials")
                .put("client_id", settings.clientId())
                .put("client_secret", settings.clientSecret());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var reply =
                    send(Endpoint.TOKEN, "POST", "/token", BodyPublishers.ofString(wanted.toString()), json(), null);
            if (reply instanceof Reply.Answer refused && (refused.status() == 400 || refused.status() == 401)) {
                throw new Problem("CRV-483", settings.rest());
            }
            if (meaning.of(reply, "POST /token") instanceof AgoraAnswer.Done done
                    && done.body().hasNonNull("access_token")) {
                return new AgoraCredentials.Issued(
                        done.body().path("access_token").asText(),
                        done.body().path("expires_in").asLong(3600));
            }
            pause(backoff.delay(attempt));
        }
        throw new Problem("CRV-488", settings.rest());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
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
