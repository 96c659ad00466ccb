package dev.caravan.migration.watch;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

/** Looks at the ledger now and then for those who watch a service. */
public final class ServiceWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ServiceWatch.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private final WorkMeters work;
    private final LedgerMeters ledger;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "meters"));

    public ServiceWatch(RunMeters runs, WorkMeters work, LedgerMeters ledger) {
        runs.register();
        this.work = work;
        this.ledger = ledger;
        clock.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            work.look();
            ledger.look();
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
