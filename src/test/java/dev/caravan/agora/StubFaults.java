package dev.caravan.agora;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

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
        final JsonNode script;
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
    }

    void add(JsonNode script) {
        faults.add(new Fault(script));
    }

    void reset() {
        faults.clear();
        fired = 0;
    }

    /** The fault for this call, or null. */
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
        return null;
    }

    int fired() {
        return fired;
    }
}
