package dev.caravan.migration.road;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ledger.Key;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.transform.link.Directory;

/** Where the ledger keeps a record. */
final class RecordKeys {

    private RecordKeys() {}

    /** Directory kinds have no time of their own in the ledger. */
    static Key key(Kind kind, Item item) {
        return new Key(kind == Kind.MESSAGE ? item.canonical().path("time").asLong() : 0, item.id());
    }

    /** Number of the lane; 0 for what is in none. */
    static int lane(Kind kind, Item item, Directory directory) {
        return kind == Kind.MESSAGE
                ? directory
                        .conversation(item.canonical().path("channel").asText())
                        .orElseThrow()
                        .number()
                : 0;
    }

    /** Only a higher version replaces what was delivered; a placeholder has the lowest. */
    static long version(Kind kind, JsonNode canonical) {
        if (canonical.path("placeholder").asBoolean()) {
            return 0;
        }
        return kind == Kind.MESSAGE
                ? Math.max(
                        canonical.path("time").asLong(),
                        canonical.path("edited").asLong())
                : 1;
    }
}
