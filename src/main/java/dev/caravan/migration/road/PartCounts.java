package dev.caravan.migration.road;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Kind;
import dev.caravan.model.Tally;

/** Counts a record and the parts that travel inside it (invariant 1). */
final class PartCounts {

    private PartCounts() {}

    /** Counts one record and its parts with the same outcome. */
    static void add(Tally.Counter counter, Kind kind, JsonNode canonical, Tally.What what) {
        counter.add(kind.word(), what, 1);
        if (kind == Kind.MESSAGE) {
            parts(counter, canonical, what);
        }
    }

    /** Counts the parts as read; their message was, by the reader. */
    static void read(Tally.Counter counter, Kind kind, JsonNode canonical) {
        if (kind == Kind.MESSAGE) {
            parts(counter, canonical, Tally.What.READ);
        }
    }

    private static void parts(Tally.Counter counter, JsonNode message, Tally.What what) {
        long reactions = 0;
        for (JsonNode reaction : message.path("reactions")) {
            reactions += reaction.path("users").size();
        }
        for (JsonNode file : message.path("files")) {
            var state = file.path("state").asText();
            if (what == Tally.What.READ || "present".equals(state)) {
                counter.add("file", what, 1);
            } else {
                counter.add("file", Tally.What.FILTERED, "file-" + state, 1);
            }
        }
        counter.add("reaction", what, reactions)
                .add("pin", what, message.path("pinned").asBoolean() ? 1 : 0)
                .add("edit", what, message.has("edited") ? 1 : 0);
    }
}
