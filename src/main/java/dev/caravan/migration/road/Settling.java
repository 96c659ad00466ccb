package dev.caravan.migration.road;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Progress;
import dev.caravan.migration.Settings;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Outcome;
import dev.caravan.transport.http.Backoff;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/**
 * Brings every record of a batch to an end at the sink: what got no answer is looked up, what was put off is sent again
 * after a while. Nothing overtakes a record in doubt (invariant 4).
 */
@ApplicationScoped
@Named("settling")
public class Settling implements AggregationStrategy {

    static final String PATIENCE = "caravanPatience";

    /** {@link System#nanoTime} when records were handed to the sink. */
    static final String SENT = "caravanSent";

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);

    private final CurrentRun current;
    private final Settings settings;
    private final Progress progress;

    public Settling(CurrentRun current, Settings settings, Progress progress) {
        this.current = current;
        this.settings = settings;
        this.progress = progress;
    }

    /** The batch in pieces as large as the sink takes. */
    public List<Batch> portions(Batch batch) {
        int most = current.get().sink().portion();
        var items = batch.items();
        if (items.size() <= most) {
            return List.of(batch);
        }
        var portions = new ArrayList<Batch>();
        for (int from = 0; from < items.size(); from += most) {
            portions.add(batch.withItems(items.subList(from, Math.min(items.size(), from + most))));
        }
        return portions;
    }

    public boolean unsettled(Batch batch) {
        return batch.items().stream().anyMatch(item -> toSend(item) || inDoubt(batch, item));
    }

    /** What has to be looked up before it is sent again. */
    public Batch doubtful(Batch batch) {
        return batch.withItems(batch.items().stream()
                .filter(item -> inDoubt(batch, item))
                .map(item -> item.withOutcome(null))
                .toList());
    }

    /** What is to be sent now, written down before it is. */
    public Batch sendable(Batch batch, Exchange exchange) {
        var now = new ArrayList<Item>();
        for (Item item : batch.items()) {
            if (inDoubt(batch, item)) {
                break;
            }
            if (toSend(item)) {
                now.add(item.withOutcome(null));
            }
        }
        var sendable = batch.withItems(now);
        if (!now.isEmpty()) {
            current.get().answers().intend(sendable);
            exchange.setProperty(SENT, System.nanoTime());
        }
        return sendable;
    }

    /** What a sink threw at: surely nothing of it arrived. */
    public Batch putOff(Batch batch, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) IOException why) {
        var outcome = new Outcome.Retry(Duration.ZERO, String.valueOf(why.getMessage()));
        return batch.withItems(
                batch.items().stream().map(item -> item.withOutcome(outcome)).toList());
    }

    /** Writes down what the sink answered. */
    public Batch answered(Batch batch) {
        return current.get().answers().answered(batch);
    }

    /** Waits as long as the sink asked for; or longer each time, while it takes nothing. */
    public void pause(Batch batch, Exchange exchange) {
        long left = batch.items().stream()
                .filter(item -> toSend(item) || inDoubt(batch, item))
                .count();
        if (left > 0) {
            var patience = exchange.getProperty(PATIENCE, Patience.class);
            if (patience == null) {
                patience = new Patience(
                        settings.delivery().giveUpAfter(),
                        new Backoff(FIRST_WAIT, longestWait(), ThreadLocalRandom.current()),
                        Instant.now());
                exchange.setProperty(PATIENCE, patience);
            }
            var now = Instant.now();
            var wait = patience.before(left, batch, now);
            if (left == batch.items().size() || patience.repeats()) {
                progress.tookNothing(now, wait, Patience.reason(batch));
            } else {
                progress.took();
            }
            current.get().await(wait);
        } else {
            progress.took();
        }
    }

    private Duration longestWait() {
        var longest = settings.delivery().longestWait();
        return longest.compareTo(FIRST_WAIT) < 0 ? FIRST_WAIT : longest;
    }

    private static boolean toSend(Item item) {
        return item.outcome() == null
                || item.outcome() instanceof Outcome.Retry
                || item.outcome() instanceof Outcome.Unknown && replaces(item);
    }

    private boolean inDoubt(Batch batch, Item item) {
        return item.outcome() instanceof Outcome.Unknown
                && !replaces(item)
                && current.get().sink().looksUp().contains(batch.kind());
    }

    /** An edit that is sent twice leaves what it leaves when sent once. */
    private static boolean replaces(Item item) {
        return item.target().present() != null;
    }

    /** The batch with the outcomes of those of its records that were asked about. */
    @Override
    public Exchange aggregate(Exchange whole, Exchange part) {
        Map<Object, Item> answers = new IdentityHashMap<>();
        part.getMessage().getBody(Batch.class).items().forEach(item -> answers.put(item.canonical(), item));
        var batch = whole.getMessage().getBody(Batch.class);
        whole.getMessage()
                .setBody(batch.withItems(batch.items().stream()
                        .map(item -> answers.getOrDefault(item.canonical(), item))
                        .toList()));
        return whole;
    }
}
