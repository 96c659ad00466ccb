package dev.caravan.migration.notify;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.caravan.migration.notify.Notice.Said;
import dev.caravan.model.Problem;
import dev.caravan.transport.http.Backoff;
import org.jboss.logging.Logger;

/** What is to be told by one channel, one after the other, in a thread of its own; a channel that is slow holds up no other. */
final class Outbox implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Outbox.class);
    private static final int ATTEMPTS = 4;
    private static final int MOST_WAITING = 200;

    private final Channel channel;
    private final Backoff backoff;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final ThreadPoolExecutor thread;

    Outbox(Channel channel, Backoff backoff) {
        this.channel = channel;
        this.backoff = backoff;
        this.thread =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    var named = new Thread(task, "notices-" + channel.name());
                    named.setDaemon(true);
                    return named;
                });
    }

    Channel channel() {
        return channel;
    }

    /** @param end gets why it did not arrive, or null when it did */
    void add(Said said, Consumer<String> end) {
        waiting.incrementAndGet();
        try {
            thread.execute(() -> {
                try {
                    end.accept(deliver(said));
                } finally {
                    waiting.decrementAndGet();
                }
            });
        } catch (RejectedExecutionException full) {
            waiting.decrementAndGet();
            end.accept(failed("too many notices wait"));
        }
    }

    private String deliver(Said said) {
        try {
            tell(said);
            broken.set(false);
            return null;
        } catch (NotDelivered refused) {
            return failed(refused.getMessage());
        } catch (Problem problem) {
            return failed(problem.getMessage());
        } catch (RuntimeException fault) {
            return failed(fault.getClass().getSimpleName());
        }
    }

    private void tell(Said said) throws NotDelivered {
        for (int attempt = 0; ; attempt++) {
            try {
                channel.tell(said);
                return;
            } catch (NotDelivered refused) {
                if (!refused.again() || attempt + 1 == ATTEMPTS) {
                    throw refused;
                }
                pause(attempt);
            }
        }
    }

    private void pause(int attempt) throws NotDelivered {
        try {
            // At least half of the bound: robots that get too much want rest.
            TimeUnit.NANOSECONDS.sleep(
                    backoff.bound(attempt).plus(backoff.delay(attempt)).toNanos() / 2);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new NotDelivered("the process ended", false);
        }
    }

    /** Logged when a channel begins to fail, and not again until it has worked. */
    private String failed(String reason) {
        if (!broken.getAndSet(true)) {
            LOG.warn(new Problem("CRV-688", channel.name(), reason).getMessage());
        }
        return reason;
    }

    boolean isEmpty() {
        return waiting.get() == 0;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        channel.close();
    }

    static Backoff patience() {
        return new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(30), new java.util.SplittableRandom());
    }
}
