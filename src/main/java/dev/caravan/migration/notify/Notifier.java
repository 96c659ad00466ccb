package dev.caravan.migration.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;
import dev.caravan.transport.http.Backoff;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/**
 * Tells people by every channel of the settings, in the background. Neither a channel that fails nor a ledger that cannot be
 * written stops anything.
 */
@ApplicationScoped
public class Notifier implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Notifier.class);
    private static final Duration AT_THE_END = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Settings settings;
    private final LedgerAccess ledgers;
    private final Clock clock;
    private final Backoff backoff;
    private final Map<String, Instant> told = new ConcurrentHashMap<>();
    private final AtomicInteger preparing = new AtomicInteger();
    private List<Outbox> outboxes;
    private ExecutorService thread;

    @Inject
    public Notifier(Settings settings, LedgerAccess ledgers, Clock clock) {
        this(settings, ledgers, clock, Outbox.patience());
    }

    /** @param backoff between attempts */
    public Notifier(Settings settings, LedgerAccess ledgers, Clock clock, Backoff backoff) {
        this.settings = settings;
        this.ledgers = ledgers;
        this.clock = clock;
        this.backoff = backoff;
    }

    /** @param failure why it was not taken, in words; null when it was */
    public record Tried(String channel, String failure) {}

    /** Whether there is anybody to tell. */
    public boolean isWanted() {
        return !outboxes().isEmpty();
    }

    /** Names of the channels. */
    public List<String> channels() {
        return outboxes().stream().map(box -> box.channel().name()).toList();
    }

    /** Tells each channel once that this is a test, and waits for what it answers. */
    public List<Tried> test() {
        var notice = new Notice(
                Notice.Event.TEST,
                List.of(),
                0,
                false,
                Text.of("notify.test.title"),
                List.of(Text.of("notify.test.line"), Text.of("notify.test.escape")));
        return outboxes().stream()
                .map(box -> new Tried(box.channel().name(), tried(box.channel(), notice)))
                .toList();
    }

    private String tried(Channel channel, Notice notice) {
        try {
            channel.tell(notice.in(channel.words(), migration(), clock.instant()));
            return null;
        } catch (NotDelivered refused) {
            return refused.getMessage();
        } catch (Problem problem) {
            return problem.inWords(channel.words());
        }
    }

    void tell(Notice notice) {
        tell(notice.causes(), notice.once(), due -> notice);
    }

    /**
     * Returns at once.
     *
     * @param causes what there is to tell; what was told lately is left out
     * @param once whether each is told once and for all
     * @param notice of the causes that are due, at least one
     */
    void tell(List<String> causes, boolean once, Function<List<String>, Notice> notice) {
        if (!isWanted()) {
            return;
        }
        preparing.incrementAndGet();
        thread.execute(() -> {
            try {
                var due = causes.stream().filter(cause -> isDue(cause, once)).toList();
                if (!due.isEmpty()) {
                    send(notice.apply(due), due);
                }
            } catch (RuntimeException fault) {
                LOG.warn(new Problem("CRV-688", "-", fault.getClass().getSimpleName()).getMessage());
            } finally {
                preparing.decrementAndGet();
            }
        });
    }

    private boolean isDue(String cause, boolean once) {
        var since =
                once ? Instant.EPOCH : clock.instant().minus(settings.notices().repeatAfter());
        var here = told.get(cause);
        if (here != null && here.isAfter(since)) {
            return false;
        }
        try {
            return !ledgers.notices().isTold(cause, since);
        } catch (Problem ledgerLost) {
            // What is wrong with the ledger may be the very thing that is to be told.
            return true;
        }
    }

    private void send(Notice notice, List<String> causes) {
        var now = clock.instant();
        causes.forEach(cause -> told.put(cause, now));
        for (Outbox box : outboxes()) {
            var name = box.channel().name();
            var numbers = causes.stream()
                    .map(cause -> begin(cause, notice.event().word(), name))
                    .toList();
            box.add(
                    notice.in(box.channel().words(), migration(), now),
                    failure -> numbers.forEach(number -> end(number, failure)));
        }
    }

    private long begin(String cause, String event, String channel) {
        try {
            return ledgers.notices().begin(cause, event, channel);
        } catch (Problem ledgerLost) {
            return 0;
        }
    }

    private void end(long number, String failure) {
        try {
            ledgers.notices().end(number, failure);
        } catch (Problem ledgerLost) {
            LOG.debug("the end of a notice is not written down", ledgerLost);
        }
    }

    private String migration() {
        return settings.notices()
                .name()
                .orElse(settings.source().kind() + " → " + settings.sink().kind());
    }

    private synchronized List<Outbox> outboxes() {
        if (outboxes == null) {
            outboxes = Channels.open(settings, clock).stream()
                    .map(channel -> new Outbox(channel, backoff))
                    .toList();
            thread = Executors.newSingleThreadExecutor(task -> {
                var named = new Thread(task, "notices");
                named.setDaemon(true);
                return named;
            });
        }
        return outboxes;
    }

    /** Waits until everything is told, but no longer than that. */
    public void flush(Duration atMost) {
        var end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < end && !isIdle()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private synchronized boolean isIdle() {
        return preparing.get() == 0
                && (outboxes == null || new ArrayList<>(outboxes).stream().allMatch(Outbox::isEmpty));
    }

    @Override
    @PreDestroy
    public void close() {
        flush(AT_THE_END);
        synchronized (this) {
            if (outboxes != null) {
                thread.shutdownNow();
                awaitEnd();
                outboxes.forEach(Outbox::close);
                outboxes = null;
            }
        }
    }

    private void awaitEnd() {
        try {
            thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
