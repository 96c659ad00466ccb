package dev.caravan.migration.road;

import java.util.Comparator;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;

/** How a record that comes out of a dead letter says so, in its {@link Item#CONTEXT}. */
public final class Replayed {

    private static final String LETTER = "letter";
    private static final String PART = "letterPart";

    private Replayed() {}

    /** @param part kind of the part the letter is about, null when it is about the whole record */
    public static void mark(ObjectNode context, long letter, String part) {
        context.put(LETTER, letter);
        if (part != null) {
            context.put(PART, part);
        }
    }

    /** Number of the letter that stands for this record, and stays open if the record is refused again. */
    static Optional<Long> letter(JsonNode context) {
        return context != null && context.has(LETTER)
                ? Optional.of(context.path(LETTER).asLong())
                : Optional.empty();
    }

    /** Letters come in the order of what was known of them; their records know their own times (invariant 4). */
    static Batch inOrder(Batch batch) {
        if (batch.letters().isEmpty()) {
            return batch;
        }
        return batch.withItems(batch.items().stream()
                .sorted(Comparator.comparingLong((Item item) ->
                                RecordKeys.key(batch.kind(), item).time())
                        .thenComparing(Item::id))
                .toList());
    }

    /** The part for which alone the record is sent again. */
    static Optional<String> part(JsonNode source) {
        return Optional.ofNullable(partIn(source.path(Item.CONTEXT)));
    }

    static String partIn(JsonNode context) {
        return context.path(PART).asText(null);
    }
}
