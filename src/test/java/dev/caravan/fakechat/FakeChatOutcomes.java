package dev.caravan.fakechat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Effect;
import dev.caravan.model.Outcome;
import dev.caravan.transport.http.Reply;

/** What a reply means for the records that were sent. In doubt it is doubt: the chat takes the same record twice. */
final class FakeChatOutcomes {

    static final Outcome NOT_SENT = new Outcome.Retry(Duration.ZERO);

    private FakeChatOutcomes() {}

    /** @param answer the reply's JSON, missing when it has none */
    static List<Outcome> ofAdded(FakeKind kind, int sent, Reply reply, JsonNode answer) {
        if (reply instanceof Reply.Answer http && http.status() == 200) {
            var results = answer.path("results");
            return results.size() == sent ? ofResults(kind, results) : all(sent, new Outcome.Unknown());
        }
        return all(sent, ofFailure(reply, answer, new Outcome.Unknown()));
    }

    /** An edit may be sent twice: the second leaves what the first left. */
    static Outcome ofEdited(FakeKind kind, String id, Reply reply, JsonNode answer) {
        if (reply instanceof Reply.Answer http && http.status() == 200) {
            return answer.path("version").isInt()
                    ? accepted(kind, id, answer.path("version").asInt())
                    : NOT_SENT;
        }
        return ofFailure(reply, answer, NOT_SENT);
    }

    static Outcome accepted(FakeKind kind, String id, int version) {
        return new Outcome.Accepted(id, null, List.of(new Effect(kind.word(), id, Integer.toString(version))));
    }

    private static List<Outcome> ofResults(FakeKind kind, JsonNode results) {
        var outcomes = new ArrayList<Outcome>(results.size());
        for (var result : results) {
            if (result.path("id").isTextual()) {
                outcomes.add(accepted(kind, result.path("id").asText(), 1));
            } else if (result.path("error").isTextual()) {
                outcomes.add(new Outcome.Refused(
                        result.path("error").asText(), result.path("message").asText()));
            } else if (result.path("retry_after_ms").isNumber()) {
                outcomes.add(new Outcome.Retry(Duration.ofMillis(
                        Math.max(0, result.path("retry_after_ms").asLong()))));
            } else {
                outcomes.add(new Outcome.Unknown());
            }
        }
        return outcomes;
    }

    private static Outcome ofFailure(Reply reply, JsonNode answer, Outcome doubt) {
        if (reply instanceof Reply.NotSent) {
            return NOT_SENT;
        }
        if (!(reply instanceof Reply.Answer http)) {
            return doubt;
        }
        return switch (http.status()) {
            case 429, 503 -> new Outcome.Retry(
                    http.retryAfter(Clock.systemUTC()).orElse(Duration.ZERO));
            case 400, 403, 404, 409, 413, 422 -> new Outcome.Refused(
                    answer.path("error").asText("status-" + http.status()), "status " + http.status());
            default -> doubt;
        };
    }

    private static List<Outcome> all(int number, Outcome outcome) {
        return Collections.nCopies(number, outcome);
    }
}
