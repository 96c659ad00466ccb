package dev.caravan.migration.mapping;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.caravan.model.Problem;

/**
 * Carries out what somebody typed, for a limited time. Nothing can end a template that never ends: its thread is left alone
 * then, and only so many may be left.
 */
final class InTime {

    private final Duration limit;
    private final Semaphore places;

    /** @param atOnce how many may go on, those that are left alone among them */
    InTime(Duration limit, int atOnce) {
        this.limit = limit;
        this.places = new Semaphore(atOnce);
    }

    /** @throws Problem CRV-676 when it takes too long, CRV-677 when too many go on already; and what the task throws */
    <T> T call(Callable<T> task) {
        if (!places.tryAcquire()) {
            throw new Problem("CRV-677");
        }
        var future = new FutureTask<>(() -> {
            try {
                return task.call();
            } finally {
                places.release();
            }
        });
        var thread = new Thread(future, "try");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException endless) {
            throw new Problem(endless, "CRV-676", limit.toSeconds());
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw new IllegalStateException("a try failed at a fault of the program", failed.getCause());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new Problem(hurried, "CRV-676", limit.toSeconds());
        }
    }
}
