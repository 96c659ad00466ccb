package dev.caravan.migration.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.verification.Verdict;
import dev.caravan.model.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;

/** What the ledger tells, as it was at the last look: whoever scrapes does not wait for a database. */
@ApplicationScoped
public class LedgerMeters {

    private static final double MILLIS = 1000;

    private final LedgerAccess ledgers;
    private final MultiGauge up;
    private final MultiGauge waiting;
    private final MultiGauge epoch;
    private final MultiGauge heartbeat;
    private final MultiGauge number;
    private final MultiGauge state;
    private final MultiGauge verdict;

    public LedgerMeters(LedgerAccess ledgers, MeterRegistry registry) {
        this.ledgers = ledgers;
        this.up = gauge(registry, "ledger.up", "1 while the ledger can be read");
        this.waiting = gauge(registry, "dead.letters.waiting", "Dead letters that nobody has settled yet, by cause");
        this.epoch = gauge(registry, "lease.epoch", "Grows by one with every process that writes the ledger");
        this.heartbeat = gauge(registry, "lease.heartbeat.seconds", "When a process last wrote the ledger, since 1970");
        this.number = gauge(registry, "run.number", "Number of the last run, 0 before the first");
        this.state = gauge(registry, "run.state", "1 for the state of the last run");
        this.verdict = gauge(registry, "verdict", "1 for the verdict of the last verification");
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder("caravan." + name).description(description).register(registry);
    }

    /** Of a ledger that cannot be read nothing is told but that. */
    void look() {
        try (Ledger ledger = ledgers.openReadOnly()) {
            tell(LedgerFacts.of(ledger));
        } catch (Problem away) {
            one(up, 0);
            List.of(waiting, epoch, heartbeat, number, state, verdict)
                    .forEach(gauge -> gauge.register(List.of(), true));
        }
    }

    private void tell(LedgerFacts facts) {
        one(up, 1);
        one(epoch, facts.epoch());
        one(heartbeat, facts.heartbeat().toEpochMilli() / MILLIS);
        one(number, facts.run() == null ? 0 : facts.run().id());
        var letters = new ArrayList<Row<?>>();
        facts.waiting().forEach((cause, count) -> letters.add(Row.of(Tags.of("cause", cause), count)));
        waiting.register(letters, true);
        var states = new ArrayList<Row<?>>();
        for (var one : Run.State.values()) {
            var now = facts.run() != null && facts.run().state() == one;
            states.add(Row.of(Tags.of("state", one.name().toLowerCase(Locale.ROOT)), now ? 1 : 0));
        }
        state.register(states, true);
        var verdicts = new ArrayList<Row<?>>();
        for (var one : Verdict.values()) {
            verdicts.add(Row.of(Tags.of("verdict", one.word()), facts.verdict().equals(one.word()) ? 1 : 0));
        }
        verdict.register(verdicts, true);
    }

    private static void one(MultiGauge gauge, double value) {
        gauge.register(List.of(Row.of(Tags.empty(), value)), true);
    }
}
