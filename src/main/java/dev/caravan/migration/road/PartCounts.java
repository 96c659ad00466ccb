package dev.caravan.migration.road;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Tally;

/** Counts a record and the parts that travel inside it (invariant 1). */
public final class PartCounts {

    private PartCounts() {}

    /**
     * Counts one record and its parts with the same outcome, the parts also as read: the record was, by the reader. Of a
     * record sent again for one part alone only that part is counted; the rest was when it was first sent.
     */
    public static void add(Tally.Counter counter, Kind kind, Item item, Tally.What what) {
        var part = Replayed.part(item.source());
        if (part.isPresent()) {
            counter.add(part.get(), what, 1);
            return;
        }
        counter.add(kind.word(), what, 1);
        if (kind == Kind.MESSAGE) {
            parts(counter, item.canonical(), what);
            parts(counter, item.canonical(), Tally.What.READ);
        }
    }

    /** Undoes what {@link #add} will count once the record is delivered in the place of another. */
    static void takeBack(Tally.Counter counter, Kind kind, Item item) {
        var once = new Tally.Counter();
        add(once, kind, item, Tally.What.DELIVERED);
        once.tally().counts().forEach((key, n) -> counter.add(key.kind(), key.what(), key.rule(), -n));
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
