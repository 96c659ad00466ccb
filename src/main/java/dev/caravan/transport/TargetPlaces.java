package dev.caravan.transport;

import java.util.List;
import java.util.Map;

import dev.caravan.model.Kind;

/** Where people find on the target what was brought there; contributed by the sink's connector. */
public interface TargetPlaces {

    /** For sinks that say nothing more than the ids they gave. */
    TargetPlaces BY_ID = new TargetPlaces() {
        @Override
        public String sinkKind() {
            return "";
        }

        @Override
        public Place of(Arrived arrived, Map<String, String> sink) {
            return arrived.targetId() == null
                    ? new Place(null, "name", List.of(arrived.place()))
                    : new Place(null, "id", List.of(arrived.targetId(), arrived.place()));
        }
    };

    /** The sink it speaks for: {@code matrix}. */
    String sinkKind();

    /** @param sink the sink's properties, camelCase */
    Place of(Arrived arrived, Map<String, String> sink);

    /**
     * What the ledger knows of a record that arrived.
     *
     * @param place of a conversation, or of a message's conversation, its key on the target: {@code public/general}; of a
     *     person the name
     * @param placeId the target's own id of that conversation, or null
     * @param targetId the target's own id of the record, or null
     * @param effect what the first thing that it did to a live target was done to, in the sink's words, or null
     * @param shown the time the target shows, in ms since 1970; 0 for what has none
     */
    record Arrived(Kind kind, String place, String placeId, String targetId, String effect, long shown) {}

    /**
     * @param address to follow in a browser, or null
     * @param word says how to get there, key {@code find.place.<word>} of the words for people
     * @param details fill its {0}, {1}; a {@link java.time.Instant} is shown as a time
     */
    record Place(String address, String word, List<Object> details) {}
}
