package dev.caravan.connector.agora;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

import dev.caravan.model.Problem;
import dev.caravan.transport.http.Reply;

/**
 * What answers of the REST API mean by the vendor's table of errors (docs.agora.io, "HTTP status codes"; Easemob
 * "错误码").
 */
final class AgoraMeaning {

    private static final int MOST_WORDS = 200;
    private static final Set<Integer> TRANSIENT = Set.of(408, 500, 501, 502, 503, 504);
    private static final Set<String> FOREVER = Set.of("unsupported_service_operation", "web_application");

    private final URI server;
    private final Duration pauseUnsent;
    private final Clock clock;

    /**
     * @param server its address, as people are told of it
     * @param pauseUnsent before a call is tried again that surely did not leave
     */
    AgoraMeaning(URI server, Duration pauseUnsent, Clock clock) {
        this.server = server;
        this.pauseUnsent = pauseUnsent;
        this.clock = clock;
    }

    /**
     * @param what was called, as people are told of it
     * @throws Problem CRV-481, 482, 484 for whatever no record can help: the run stops, and goes on when it is mended
     */
    AgoraAnswer of(Reply reply, String what) {
        if (reply instanceof Reply.NotSent) {
            return new AgoraAnswer.Later(pauseUnsent);
        }
        if (!(reply instanceof Reply.Answer answer)) {
            return new AgoraAnswer.Doubtful();
        }
        var body = Json.readOrNull(answer.body());
        boolean ours = body != null && body.isObject();
        if (answer.status() == 200) {
            return ours ? new AgoraAnswer.Done(body) : new AgoraAnswer.Doubtful();
        }
        var error = ours ? body.path("error").asText("") : "";
        var description = ours ? body.path("error_description").asText("") : "";
        stopIfHopeless(answer.status(), error, description, what);
        boolean tooFast = error.equals("reach_limit")
                || answer.status() == 429
                || answer.status() == 400 && description.contains("too many queries");
        if (tooFast) {
            return new AgoraAnswer.Later(answer.retryAfter(clock).orElse(Duration.ZERO));
        }
        if (TRANSIENT.contains(answer.status())) {
            return new AgoraAnswer.Doubtful();
        }
        return new AgoraAnswer.Denied(
                answer.status(), error, description.substring(0, Math.min(MOST_WORDS, description.length())));
    }

    private void stopIfHopeless(int status, String error, String description, String what) {
        if (error.equals("resource_limited")) {
            throw new Problem("CRV-482", description);
        }
        if (error.equals("organization_application_not_found")) {
            throw new Problem("CRV-481", server);
        }
        if (status == 405 || status == 415 || FOREVER.contains(error) && status >= 500) {
            throw new Problem("CRV-484", what, status + " " + error);
        }
        if (status >= 300 && status < 400) {
            throw new Problem("CRV-481", server);
        }
    }
}
