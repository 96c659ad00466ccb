package dev.caravan.transport.http;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when somebody sleeps; who sleeps wakes up as late as a real thread might. */
final class FakeTicker implements Ticker {

    private final AtomicLong nanos = new AtomicLong(-5);
    private final Random random;
    private final long latest;

    FakeTicker() {
        this(0, 0);
    }

    FakeTicker(long seed, long latest) {
        this.random = new Random(seed);
        this.latest = latest;
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void sleep(long time) {
        nanos.addAndGet(time + (latest == 0 ? 0 : (long) (random.nextDouble() * latest)));
    }
}
