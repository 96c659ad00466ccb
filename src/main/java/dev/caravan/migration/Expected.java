package dev.caravan.migration;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.caravan.model.Tally.What;
import dev.caravan.transport.ElementCount;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** How many messages the source holds, as far as that is known without reading it first: what progress is measured by. */
@ApplicationScoped
public class Expected {

    private static final Logger LOG = Logger.getLogger(Expected.class);

    /** Nobody waits for a guess of what is over by then, and counting reads the source once more. */
    private static final int SECONDS_BEFORE_COUNTING = 10;

    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    private final Settings settings;
    private final CurrentRun current;
    private final List<ElementCount> counts;
    private volatile OptionalLong checked = UNKNOWN;

    public Expected(Settings settings, CurrentRun current, @All List<ElementCount> counts) {
        this.settings = settings;
        this.current = current;
        this.counts = counts;
    }

    /** A check has read the whole source. */
    public void checked(long messages) {
        checked = OptionalLong.of(messages);
    }

    long alreadyRead(ActiveRun run) {
        return run.ledger() == null ? 0 : read(run, run.number());
    }

    private static long read(ActiveRun run, int number) {
        return run.ledger().runs().account(number).of("message", What.READ);
    }

    /** By the last check, or the last run, which read the source as it was then; else counted while the run goes on. */
    Supplier<OptionalLong> of(ActiveRun run) {
        if (checked.isPresent()) {
            return () -> checked;
        }
        var last = run.ledger() == null
                ? UNKNOWN
                : run.ledger()
                        .runs()
                        .lastCompleted(Migration.COMMAND)
                        .map(earlier -> OptionalLong.of(read(run, earlier.id())))
                        .orElse(UNKNOWN);
        if (last.isPresent()) {
            return () -> last;
        }
        var counted = CompletableFuture.supplyAsync(
                () -> count(run), CompletableFuture.delayedExecutor(SECONDS_BEFORE_COUNTING, TimeUnit.SECONDS));
        return () -> counted.getNow(UNKNOWN);
    }

    private OptionalLong count(ActiveRun run) {
        if (current.find().filter(going -> going == run).isEmpty()) {
            return UNKNOWN;
        }
        try {
            return counts.stream()
                    .filter(one -> one.sourceKind().equals(settings.source().kind()))
                    .findFirst()
                    .map(one -> one.messages(settings.source().properties()))
                    .orElse(UNKNOWN);
        } catch (RuntimeException unreadable) {
            // The run meets the same trouble with its source, and is the one to tell.
            LOG.debug("the source was not counted", unreadable);
            return UNKNOWN;
        }
    }
}
