package dev.caravan.transport;

import java.util.Map;
import java.util.function.ToLongFunction;

/** Tells, before messages are read, of which day the last of each conversation are; needed to carry the recent ones first. */
public interface LatestDays {

    /** The source it knows: {@code slack-export}. */
    String sourceKind();

    /**
     * @param settings of the source, as the operator wrote them: {@code path}
     * @return by source id of a conversation its last day, in days since 1970; {@link Long#MIN_VALUE} where it has none
     */
    ToLongFunction<String> of(Map<String, String> settings);
}
