package dev.caravan.transport;

import java.util.Optional;

import dev.caravan.model.Kind;

/** What earlier records became on the target. */
public interface TargetIds {

    /**
     * The target's id of a person, channel or emoji.
     *
     * @param sourceId the record's id on the source
     * @return empty when the target has none (yet)
     */
    Optional<String> of(Kind kind, String sourceId);

    /**
     * The target's id of a message.
     *
     * @param conversation id of its conversation on the source
     * @param time its time on the source, in microseconds since 1970
     * @param id its id on the source
     * @return empty when the target has none (yet)
     */
    Optional<String> ofMessage(String conversation, long time, String id);
}
