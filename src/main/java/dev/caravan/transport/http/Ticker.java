package dev.caravan.transport.http;

import java.util.concurrent.locks.LockSupport;

/** Time as a {@link Pace} sees it: it never jumps with the clock on the wall. */
public interface Ticker {

    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            // Thread.sleep rounds up to whole milliseconds, which is too coarse for hundreds of calls a second.
            LockSupport.parkNanos(this, nanos);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    };

    /** Nanoseconds since some fixed moment; only differences mean something. */
    long nanos();

    /** Returns after about so many nanoseconds, or sooner. */
    void sleep(long nanos) throws InterruptedException;
}
