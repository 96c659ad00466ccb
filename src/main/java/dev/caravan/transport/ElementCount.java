package dev.caravan.transport;

import java.util.Map;
import java.util.OptionalLong;

/**
 * Counts what a source holds a second time, on purpose with nothing of what reads it. A source without one is verified
 * without this check.
 */
public interface ElementCount {

    /** The source it counts: {@code slack-export}. */
    String sourceKind();

    /**
     * How many messages reading the whole source has to account for, dead letters included.
     *
     * @param settings of the source, as the operator wrote them: {@code path}
     * @return nothing when it cannot tell
     */
    OptionalLong messages(Map<String, String> settings);
}
