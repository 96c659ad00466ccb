package dev.caravan.agora;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** What goes wrong with the next calls: {@code {"path": regex, "skip": n, "times": n, "what": ...}}. */
final class StubFaults {

    private final List<Fault> faults = new ArrayList<>();
    private int fired;

    /**
     * One script. What: {@code status} (the call is not carried out, with {@code error} and {@code retryAfter}), {@code
     * after} (carried out, then that status), {@code lost} (carried out, no reply), {@code cut} (not carried out, no reply),
     * {@code garbage} (carried out, {@code body} with 200 instead of the reply).
     */
    static final class Fault {
        static final Fault NONE = new Fault(MissingNode.getInstance());

        private final JsonNode script;
        private int skip;
        private int times;

        Fault(JsonNode script) {
            this.script = script;
            this.skip = script.path("skip").asInt(0);
            this.times = script.path("times").asInt(1);
        }

        String what() {
            return script.path("what").asText();
        }

        Optional<String> retryAfter() {
            return Optional.ofNullable(script.path("retryAfter").asText(null));
        }

        Denied denial() {
            return new Denied(
                    script.path("status").asInt(),
                    script.path("error").asText(),
                    script.path("description").asText(""));
        }

        /** What the caller gets for a call that was carried out; nothing when the reply is lost. */
        Optional<StubReply> spoiled(StubReply reply) throws JsonProcessingException {
            return switch (what()) {
                case "lost" -> Optional.empty();
                case "after" -> Optional.of(
                        StubReply.of(new Denied(script.path("status").asInt(), "", "")));
                case "garbage" -> Optional.of(reply.withPage(script.path("body").asText()));
                default -> Optional.of(reply);
            };
        }
    }

    void add(JsonNode script) {
        faults.add(new Fault(script));
    }

    void reset() {
        faults.clear();
        fired = 0;
    }

    Fault next(String call) {
        for (var fault : faults) {
            if (fault.times > 0 && call.matches(fault.script.path("path").asText(".*"))) {
                if (fault.skip > 0) {
                    fault.skip--;
                } else {
                    fault.times--;
                    fired++;
                    return fault;
                }
            }
        }
        return Fault.NONE;
    }

    int fired() {
        return fired;
    }
}
