package dev.caravan.console.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.caravan.ledger.Run;
import dev.caravan.ledger.Ticks;
import dev.caravan.ledger.Ticks.Tick;
import dev.caravan.ledger.Ticks.Verdict;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.sample.SampledMessage;
import dev.caravan.migration.sample.Samples;
import dev.caravan.migration.serve.RunService;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The sample at the console. Which messages it has and what people found is in the ledger; texts are in memory alone, so that
 * after a new start they have to be read again, by the same seed.
 */
@ApplicationScoped
public class SampleDesk {

    private static final int MOST = 1000;

    private final Samples samples;
    private final RunService runs;
    private final LedgerAccess ledgers;
    private volatile Map<String, SampledMessage> texts = Map.of();

    public SampleDesk(Samples samples, RunService runs, LedgerAccess ledgers) {
        this.samples = samples;
        this.runs = runs;
        this.ledgers = ledgers;
    }

    /** @param text null when it is not in memory */
    public record Shown(Tick tick, SampledMessage text) {
        public boolean says(String verdict) {
            return tick.verdict().name().equalsIgnoreCase(verdict);
        }
    }

    /**
     * Reads the source once more and keeps those messages as the sample, in the place of an earlier one.
     *
     * @param number 1 to 1000
     * @throws Problem CRV-664 for another number; see {@link RunService#start(String, java.util.function.Supplier)}
     */
    public void draw(int number, long seed) {
        if (number < 1 || number > MOST) {
            throw new Problem("CRV-664", MOST);
        }
        runs.start("sample", () -> {
            var drawn = samples.draw(number, seed);
            if (!drawn.complete()) {
                return Run.State.INTERRUPTED;
            }
            keep(seed, drawn.messages());
            return Run.State.COMPLETED;
        });
    }

    private void keep(long seed, List<SampledMessage> messages) {
        var ticks = new ArrayList<Tick>();
        var read = new HashMap<String, SampledMessage>();
        for (var message : messages) {
            read.put(message.id(), message);
            ticks.add(new Tick(
                    ticks.size(),
                    seed,
                    message.id(),
                    message.conversation(),
                    message.owner(),
                    message.time(),
                    message.delivered(),
                    Verdict.NONE,
                    null,
                    null,
                    null));
        }
        ledgers.ticks().replace(ticks);
        texts = read;
    }

    public List<Ticks.Progress> progress() {
        return ledgers.ticks().progress();
    }

    /** One page with its texts. @param owner only of this one's conversations; empty for all */
    public List<Shown> page(String owner, int after, int limit) {
        var known = texts;
        return ledgers.ticks().page(owner, after, limit).stream()
                .map(tick -> new Shown(tick, known.get(tick.id())))
                .toList();
    }

    /**
     * @param verdict right, wrong or none
     * @throws Problem CRV-665 for another verdict, or a message that is not in the sample
     */
    public Shown tick(int place, String verdict, String note, String who) {
        var found = note == null || note.isBlank() ? null : note.strip();
        if (!ledgers.ticks().tick(place, verdict(verdict), found, who)) {
            throw new Problem("CRV-665");
        }
        var tick = ledgers.ticks().find(place).orElseThrow(() -> new Problem("CRV-665"));
        return new Shown(tick, texts.get(tick.id()));
    }

    private static Verdict verdict(String word) {
        for (var verdict : Verdict.values()) {
            if (verdict.name().equalsIgnoreCase(word)) {
                return verdict;
            }
        }
        throw new Problem("CRV-665");
    }
}
