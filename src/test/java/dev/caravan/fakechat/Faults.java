package dev.caravan.fakechat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The scripts, and which request each one breaks. Of two that want the same request the older one gets it. */
final class Faults {

    private static final class Script {
        private final Fault fault;
        private long seen;
        private long fired;
        private long acceptedBefore;

        private Script(Fault fault) {
            this.fault = fault;
        }

        private boolean wants(FakeRequest request, List<String> channels) {
            return request.line().startsWith(fault.match() == null ? "" : fault.match())
                    && (fault.channel() == null || channels.contains(fault.channel()));
        }

        private boolean due() {
            return seen > fault.after() && fired < (fault.times() == null ? 1 : fault.times());
        }
    }

    private final List<Script> scripts = new ArrayList<>();
    private final LongSupplier accepted;

    /** @param accepted how many objects were taken so far */
    Faults(LongSupplier accepted) {
        this.accepted = accepted;
    }

    synchronized void add(Fault fault) {
        if (!FaultPlay.KINDS.contains(fault.kind())) {
            throw new IllegalArgumentException("no kind of fault: " + fault.kind());
        }
        scripts.add(new Script(fault));
    }

    synchronized void clear() {
        scripts.clear();
    }

    synchronized Optional<Fault> fire(FakeRequest request, FakeApi api) throws IOException {
        var channels = channels(request, api);
        Optional<Fault> fired = Optional.empty();
        for (var script : scripts) {
            if (script.wants(request, channels)) {
                script.seen++;
                if (fired.isEmpty() && script.due()) {
                    script.acceptedBefore = script.fired++ == 0 ? accepted.getAsLong() : script.acceptedBefore;
                    fired = Optional.of(script.fault);
                }
            }
        }
        return fired;
    }

    private List<String> channels(FakeRequest request, FakeApi api) throws IOException {
        if (scripts.stream().allMatch(script -> script.fault.channel() == null)
                || !request.method().startsWith("P")) {
            return List.of();
        }
        return api.items(request).stream()
                .map(item -> item.path("channel").asText())
                .toList();
    }

    synchronized ArrayNode statistics() {
        var all = JsonNodeFactory.instance.arrayNode();
        scripts.forEach(script -> all.addObject()
                .put("id", script.fault.id())
                .put("fired", script.fired)
                .put("acceptedBefore", script.acceptedBefore));
        return all;
    }
}
