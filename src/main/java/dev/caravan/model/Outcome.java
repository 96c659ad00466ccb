package dev.caravan.model;

import java.time.Duration;
import java.util.List;

/** What became of one record at the sink. */
public sealed interface Outcome {

    /**
     * The target has it.
     *
     * @param targetId the target's own id, or null where it has none (yet)
     * @param stage where a file sink put it, or null
     * @param effects what it did to a live target, in order
     */
    record Accepted(String targetId, StageSlot stage, List<Effect> effects) implements Outcome {
        public Accepted {
            effects = List.copyOf(effects);
        }

        public Accepted(String targetId, StageSlot stage) {
            this(targetId, stage, List.of());
        }
    }

    /**
     * Not now; surely not accepted, and the same record may be sent again after the delay.
     *
     * @param after zero when the target asked for none
     * @param reason for people, without any of the record; or null
     * @param begun something of the record is there already, and only this sink, as long as it is open, knows where to go on
     */
    record Retry(Duration after, String reason, boolean begun) implements Outcome {
        public Retry(Duration after) {
            this(after, null);
        }

        public Retry(Duration after, String reason) {
            this(after, reason, false);
        }
    }

    /** Never: the target will not take this record. */
    record Refused(String cause, String detail) implements Outcome {}

    /** Sent, but the answer was lost: to be looked up before it is sent again. */
    record Unknown() implements Outcome {}

    /** The target already holds exactly this; nothing was sent. */
    record Unchanged() implements Outcome {}
}
