package dev.caravan.transport;

import java.time.Instant;
import java.util.Optional;

import dev.caravan.model.Kind;

/** What earlier records became on the target. */
public interface TargetIds {

    /** The target's own id of a person, a channel or an emoji; nothing when it is not there. */
    Optional<String> of(Kind kind, String sourceId);

    /**
     * The target's own id of a message; nothing when it is not there.
     *
     * @param conversation source id
     * @param time source time in us since 1970
     * @param id source id
     */
    Optional<String> ofMessage(String conversation, long time, String id);

    /**
     * The greatest, as text, of the target's own ids of a conversation's messages; nothing when none is there. A sink that
     * has to give rising numbers puts the number first in the id, and goes on from here in its next run.
     *
     * @param conversation source id
     */
    default Optional<String> greatestOfMessages(String conversation) {
        return Optional.empty();
    }

    /** Not before the latest of the messages there was sent; nothing when none is there. */
    default Optional<Instant> lastSent() {
        return Optional.empty();
    }
}
