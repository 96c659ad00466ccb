package dev.caravan.transport;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Breaks off what is under way at a target when nothing may be sent any more and it has not ended by itself: a pause or a
 * stop is carried out within 30 s, whatever the target does.
 */
public final class BreakOff implements AutoCloseable {

    /** What is under way gets so long to end by itself; the rest of 30 s is for writing down what became of it. */
    public static final Duration AFTER = Duration.ofSeconds(25);

    private static final long LOOKS = 50;

    private final DoubleSupplier share;
    private final long afterNanos;
    private final Runnable breakOff;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        var thread = new Thread(task, "break-off");
        thread.setDaemon(true);
        return thread;
    });
    // Of the timer's thread only.
    private boolean stopped;
    private long since;

    /**
     * @param share of the permitted rate that may be used; at 0 nothing may be sent
     * @param after so long at 0
     * @param breakOff ends what is under way; called again while nothing may be sent, and must not throw
     */
    public BreakOff(DoubleSupplier share, Duration after, Runnable breakOff) {
        this.share = share;
        this.afterNanos = after.toNanos();
        this.breakOff = breakOff;
        var every = Math.max(1, after.toMillis() / LOOKS);
        timer.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (share.getAsDouble() > 0) {
            stopped = false;
            return;
        }
        var now = System.nanoTime();
        if (!stopped) {
            stopped = true;
            since = now;
        } else if (now - since >= afterNanos) {
            breakOff.run();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
