package dev.caravan.migration.reload;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

/** Looks at the files again and again while a service runs. */
public final class Watch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Watch.class);

    private final Reload reload;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "watch"));

    public Watch(Reload reload, Duration interval) {
        this.reload = reload;
        clock.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            reload.look();
        } catch (RuntimeException fault) {
            // thrown on, it would end the looking without a word
            LOG.error("CRV-900", fault);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
