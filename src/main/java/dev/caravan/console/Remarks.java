package dev.caravan.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.caravan.migration.LedgerAccess;
import dev.caravan.model.Problem;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * What is written down about who came and who was turned away. Unlike a deed of {@link History} it must neither wait for the
 * ledger nor fail with it: somebody may come to mend that very database. What the ledger does not take, the log does.
 */
@ApplicationScoped
public class Remarks {

    private static final Logger LOG = Logger.getLogger(Remarks.class);
    private static final int MOST_WAITING = 1000;
    private static final int SECONDS_TO_END = 5;
    private static final Duration ONCE_IN = Duration.ofMinutes(15);

    private final LedgerAccess ledgers;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Instant> said = new ConcurrentHashMap<>();
    private final ExecutorService writer = new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_WAITING),
            task -> new Thread(task, "remarks"),
            (task, full) -> LOG.warn("more is to be written down than the ledger takes; it is left out"));

    public Remarks(LedgerAccess ledgers) {
        this.ledgers = ledgers;
    }

    /** @param what see {@link dev.caravan.ledger.AuditLog.Entry} */
    public void add(String who, String what, String detail) {
        writer.execute(() -> write(who, what, detail));
    }

    /** As {@link #add}, but the same only once in a quarter of an hour: nobody fills the ledger by knocking. */
    public void once(String key, String who, String what, String detail) {
        var now = clock.instant();
        said.values().removeIf(at -> at.plus(ONCE_IN).isBefore(now));
        if (said.putIfAbsent(key, now) == null) {
            add(who, what, detail);
        }
    }

    private void write(String who, String what, String detail) {
        try {
            ledgers.audit().add(who, what, detail);
        } catch (Problem problem) {
            LOG.warnf("%s; not written down: %s, %s, %s", problem.getMessage(), who, what, detail);
        }
    }

    @PreDestroy
    void end() {
        writer.shutdown();
        try {
            writer.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
