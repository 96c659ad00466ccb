package dev.caravan.migration;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does one thing again and again on a thread of its own; once it is closed the last time has come to its end. */
final class Rhythm implements AutoCloseable {

    private static final int SECONDS_TO_END = 10;

    private final ScheduledExecutorService clock;

    /**
     * @param name of the thread
     * @param pause before each time
     * @param deed must not throw: that would end the rhythm without a word
     */
    Rhythm(String name, Duration pause, Runnable deed) {
        clock = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, name));
        clock.scheduleWithFixedDelay(deed, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for what is being done, ten seconds at most. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            clock.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
