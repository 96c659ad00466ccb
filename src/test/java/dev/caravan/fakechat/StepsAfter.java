package dev.caravan.fakechat;

import java.util.concurrent.atomic.AtomicInteger;

import dev.caravan.Failpoints;

/** Counts the steps of a run down to its end, from the moment on when so many messages were read. */
public final class StepsAfter {

    /** System property: how many messages; {@link Failpoints#PROPERTY}: how many steps then until the end. */
    public static final String PROPERTY = "failpoint.after";

    private final int messages;
    private final AtomicInteger left;

    private StepsAfter(int messages, int steps) {
        this.messages = messages;
        this.left = new AtomicInteger(steps);
    }

    /** As the properties of this process say; without them nothing ends. */
    static StepsAfter ofThisProcess() {
        return new StepsAfter(Integer.getInteger(PROPERTY, 0), Integer.getInteger(Failpoints.PROPERTY, 0));
    }

    /** Called by the routes; 0 once, at the step that is the end. */
    public int decrementAndGet() {
        return NumberedRooms.messagesRead() < messages ? Integer.MAX_VALUE : left.decrementAndGet();
    }
}
