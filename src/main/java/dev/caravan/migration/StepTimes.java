package dev.caravan.migration;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.jboss.logging.Logger;

/**
 * Processor time of a run by step, for the debug log alone: a thread that enters a step leaves the one it was in, so that
 * what Camel does in between belongs to a step, too.
 */
final class StepTimes {

    private static final Logger LOG = Logger.getLogger(StepTimes.class);
    private static final long STRETCH = 500_000;

    private final boolean wanted = LOG.isDebugEnabled();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<Thread, Lap> laps = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> nanos = new ConcurrentHashMap<>();
    private final AtomicLong messages = new AtomicLong();
    private final long began = System.nanoTime();

    private record Lap(String step, long since) {}

    void enter(String step) {
        if (!wanted) {
            return;
        }
        long now = threads.getCurrentThreadCpuTime();
        var left = laps.put(Thread.currentThread(), new Lap(step, now));
        if (left != null) {
            add(left, now);
        }
    }

    void phase(String name) {
        enter(name);
        if (wanted) {
            LOG.debugf("phase %s after ms %d", name, millis());
        }
    }

    private void add(Lap left, long now) {
        nanos.computeIfAbsent(left.step(), name -> new LongAdder()).add(Math.max(0, now - left.since()));
    }

    void committed(int count) {
        if (wanted) {
            long all = messages.addAndGet(count);
            if (all / STRETCH > (all - count) / STRETCH) {
                LOG.debugf("messages %d after ms %d", all / STRETCH * STRETCH, millis());
            }
        }
    }

    void log() {
        if (wanted) {
            laps.forEach((thread, lap) -> add(lap, threads.getThreadCpuTime(thread.getId())));
            nanos.forEach((step, time) -> LOG.debugf("step %s cpu-ms %d", step, time.sum() / 1_000_000));
            LOG.debugf("run of %d messages took ms %d", messages.get(), millis());
        }
    }

    private long millis() {
        return (System.nanoTime() - began) / 1_000_000;
    }
}
