package dev.caravan.connector.agora;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import dev.caravan.model.Problem;
import dev.caravan.transport.TargetIds;

/**
 * The times messages get. Inside a conversation the server wants each to be later than the one before, and those of a group
 * later than the group; so a message has its own time, or one millisecond more than the one before.
 */
final class Timeline {

    /** ms; what was sent without an answer before a kill may have taken a few of the times behind the last one known. */
    private static final long GAP = 1_000;

    private static final long SHORT_NS = 1_000_000;

    private final AgoraSettings.GroupHistory history;
    private final KnownGroups groups;
    private final TargetIds ids;
    private final Clock clock;
    private boolean realSeen;
    private final BooleanSupplier takesRealTimes;
    private final Map<String, Long> last = new ConcurrentHashMap<>();

    /** @param takesRealTimes tries whether the server takes a group message older than the group; asked once, when needed */
    Timeline(
            AgoraSettings.GroupHistory history,
            KnownGroups groups,
            TargetIds ids,
            Clock clock,
            BooleanSupplier takesRealTimes) {
        this.history = history;
        this.groups = groups;
        this.ids = ids;
        this.clock = clock;
        this.takesRealTimes = takesRealTimes;
    }

    /**
     * @param time assigned, ms since 1970; 0 when there is none
     * @param cause of the refusal when there is no time for it; null otherwise
     * @param later whether this cannot be said now
     * @param shifted whether it is not the message's own because the group is younger
     */
    record Assigned(long time, String cause, boolean later, boolean shifted) {
        private static final Assigned LATER = new Assigned(0, null, true, false);

        private static Assigned refused(String cause) {
            return new Assigned(0, cause, false, false);
        }
    }

    /**
     * The time for the next message of a conversation. It counts as used once {@link #used} was told.
     *
     * @throws Problem CRV-485 when real times are wanted of a server that was seen to refuse them
     */
    Assigned next(Recipient to, String channel, long own) {
        if (own >= clock.millis()) {
            return Assigned.refused("agora-future-time");
        }
        boolean known = last.containsKey(to.conversation());
        long before = last.computeIfAbsent(to.conversation(), conversation -> lastOf(channel));
        long earliest = before + 1;
        boolean older = false;
        if (to.group()) {
            var made = groups.made(to.id());
            if (made.isEmpty()) {
                last.remove(to.conversation());
                return Assigned.LATER;
            }
            long created = made.get().created();
            older = own <= created;
            if (history != AgoraSettings.GroupHistory.REAL) {
                earliest = Math.max(earliest, created + 1);
            } else if (older) {
                requireRealTimes();
            }
        }
        if (older && history == AgoraSettings.GroupHistory.REFUSE) {
            return Assigned.refused("agora-group-history");
        }
        boolean shifted = older && history == AgoraSettings.GroupHistory.SHIFT;
        if (shifted && !known && before > 0) {
            earliest += GAP;
        }
        long time = Math.max(own, earliest);
        return await(time) ? new Assigned(time, null, false, shifted) : Assigned.LATER;
    }

    private synchronized void requireRealTimes() {
        if (!realSeen && !takesRealTimes.getAsBoolean()) {
            throw new Problem("CRV-485");
        }
        realSeen = true;
    }

    /** The server has it, or may have it. */
    void used(Recipient to, long time) {
        last.merge(to.conversation(), time, Math::max);
    }

    private long lastOf(String channel) {
        return ids.greatestOfMessages(channel).map(SentMessage::lastTime).orElse(0L);
    }

    /** Nothing may be in the future; what was pushed there by what came before it waits for its time. */
    private boolean await(long time) {
        while (time >= clock.millis()) {
            if (time - clock.millis() > 2 * GAP || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(SHORT_NS);
        }
        return true;
    }
}
