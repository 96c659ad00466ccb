package dev.caravan.transport.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;

import dev.caravan.transport.Rate;

/**
 * The pace of one endpoint group. The times of the last starts are kept, so that the limit holds for what really
 * happened and not for what was planned: a thread that woke late does not let a window overflow, nor does a call that
 * seems to have been late on its way.
 */
final class Bucket {

    static final long NOT_STARTED = -1;

    // The target counts when calls arrive, we when they start: that much unevenness on the way is allowed for.
    private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(1025);
    // A start that came late is caught up with if it was not later than this, so that the rate is reached.
    private static final long CATCH_UP = TimeUnit.MILLISECONDS.toNanos(20);
    // By how much of its reply's lateness a call counts as late itself, at most.
    private static final long LATEST = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int FIRST_REPLIES = 100;
    private static final long LOOK_AGAIN = TimeUnit.SECONDS.toNanos(1);
    private static final double MOST_PER_SECOND = 1_000_000;
    // 0.29 * 100 is a little less than 29.
    private static final double ROUNDING = 1e-9;

    private final double perSecond;
    private final DoubleSupplier share;
    private final Ticker ticker;
    private final long origin;
    private final AtomicLongArray starts;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final AtomicLong pausedUntil = new AtomicLong();
    private final LongAdder waited = new LongAdder();
    private final LongAdder replies = new LongAdder();
    private final LongAdder replying = new LongAdder();
    private final AtomicLong usualReply = new AtomicLong(Long.MAX_VALUE);
    // Written by who has the turn.
    private volatile long count;
    private long first;
    private long due;

    Bucket(double perSecond, DoubleSupplier share, Ticker ticker) {
        var limited = !Double.isInfinite(perSecond);
        if (!(perSecond > 0) || limited && perSecond > MOST_PER_SECOND) {
            throw new IllegalArgumentException(perSecond + " calls a second");
        }
        this.perSecond = perSecond;
        this.share = share;
        this.ticker = ticker;
        this.origin = ticker.nanos();
        this.starts = new AtomicLongArray(limited ? Math.max(1, (int) (perSecond + ROUNDING)) : 1);
    }

    long take(Semaphore places) throws InterruptedException {
        return take(places, false);
    }

    /**
     * @param giveUp when the share is 0, instead of waiting
     * @return number of the call, for {@link #replied}; a place is taken and it is counted as started. Else {@link #NOT_STARTED}
     */
    long take(Semaphore places, boolean giveUp) throws InterruptedException {
        var came = now();
        turn.lockInterruptibly();
        try {
            if (!awaitStart(giveUp)) {
                return NOT_STARTED;
            }
            places.acquire();
            while (ready(now()) > now()) {
                places.release();
                if (!awaitStart(giveUp)) {
                    return NOT_STARTED;
                }
                places.acquire();
            }
            start(now());
            return count - 1;
        } finally {
            waited.add(now() - came);
            turn.unlock();
        }
    }

    void pause(Duration time) {
        pausedUntil.accumulateAndGet(now() + Math.max(0, time.toNanos()), Math::max);
    }

    Duration paused() {
        return Duration.ofNanos(Math.max(0, pausedUntil.get() - now()));
    }

    Duration waited() {
        return Duration.ofNanos(waited.sum());
    }

    long started() {
        return count;
    }

    /** @param nanos from its start */
    void replied(long call, long nanos) {
        replies.increment();
        replying.add(nanos);
        var usual = usualReply.accumulateAndGet(nanos, replies.sum() > FIRST_REPLIES ? Bucket::towards : Math::min);
        // What was late to answer may have been late to arrive, as it is when calls pile up before a target that halts.
        if (count - call <= starts.length()) {
            starts.accumulateAndGet(slot(call), Math.max(0, Math.min(nanos - usual, LATEST)), Long::sum);
        }
    }

    /** Comes to lie where as many replies take longer as take less, whatever a few of them take. */
    private static long towards(long usual, long nanos) {
        return usual + Long.signum(nanos - usual) * (usual / 1024 + 1);
    }

    long nanos() {
        return ticker.nanos();
    }

    Rate rate(String group) {
        return new Rate(
                group,
                perSecond,
                Math.max(0, Math.min(1, share.getAsDouble())),
                inUse(),
                started(),
                waited(),
                replies.sum(),
                Duration.ofNanos(replying.sum()));
    }

    /** A start that overwrites the oldest while this reads makes it the younger by one call. */
    private double inUse() {
        long known = count;
        if (known == 0 || Double.isInfinite(perSecond)) {
            return 0;
        }
        long last = Math.min(known, starts.length());
        long elapsed = Math.max(WINDOW, now() - startOf(known - last));
        return Math.min(1, last * (double) WINDOW / elapsed / perSecond);
    }

    private long now() {
        return ticker.nanos() - origin;
    }

    private boolean awaitStart(boolean giveUp) throws InterruptedException {
        for (var wait = ready(now()) - now(); wait > 0; wait = ready(now()) - now()) {
            if (giveUp && !(share.getAsDouble() > 0)) {
                return false;
            }
            ticker.sleep(Math.min(wait, LOOK_AGAIN));
        }
        return true;
    }

    /** When the next call may start, as things are now. */
    private long ready(long now) {
        var paused = pausedUntil.get();
        var allowed = allowed(now);
        if (!(allowed > 0)) {
            return Math.max(paused, now + LOOK_AGAIN);
        }
        if (count == 0 || Double.isInfinite(allowed)) {
            return paused;
        }
        if (allowed < 1) {
            return Math.max(paused, startOf(count - 1) + spacing(allowed));
        }
        var ready = Math.max(paused, due + spacing(allowed) - CATCH_UP);
        var limit = (int) allowed;
        return count < limit ? ready : Math.max(ready, startOf(count - limit) + WINDOW);
    }

    /** Calls a second, whole ones if one or more. */
    private double allowed(long now) {
        var allowed = perSecond * Math.min(1, share.getAsDouble());
        if (Double.isInfinite(allowed) || allowed < 1) {
            return allowed;
        }
        // The first calls are slow on their way (connections, cold code) and would arrive together with the next.
        var cold = count == 0 || now - first < WINDOW;
        return Math.max(1, Math.floor((allowed + ROUNDING) / (cold ? 2 : 1)));
    }

    private void start(long now) {
        var allowed = allowed(now);
        due = count == 0 || Double.isInfinite(allowed) ? now : Math.max(now, due + spacing(allowed));
        if (count == 0) {
            first = now;
        }
        starts.set(slot(count), now);
        count++;
    }

    private long startOf(long index) {
        return starts.get(slot(index));
    }

    private int slot(long index) {
        return (int) (index % starts.length());
    }

    private static long spacing(double allowed) {
        return (long) Math.min(WINDOW / allowed, Long.MAX_VALUE / 4.0);
    }
}
