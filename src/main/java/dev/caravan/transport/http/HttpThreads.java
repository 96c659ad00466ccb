package dev.caravan.transport.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of one {@link HttpCalls}: as many as have work, so that what follows a reply may wait without harm. */
final class HttpThreads implements AutoCloseable {

    private static final int IDLE_SECONDS = 10;

    private final ExecutorService workers = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            named("http"),
            // After close, so that no reply is left waiting for ever.
            (task, closed) -> task.run());

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("http-deadlines"));

    HttpThreads() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(true);
        timer.setRejectedExecutionHandler((task, closed) -> {});
    }

    ExecutorService workers() {
        return workers;
    }

    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    @Override
    public void close() {
        timer.shutdown();
        workers.shutdown();
    }

    private static ThreadFactory named(String name) {
        return work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
