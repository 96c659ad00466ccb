package dev.caravan.migration.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.caravan.ledger.Findings;
import dev.caravan.ledger.Lanes;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.Throughput;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Migration;
import jakarta.enterprise.context.ApplicationScoped;

/** What the ledger tells of the last run, of this process or another: speed, lanes, findings. Empty before the first. */
@ApplicationScoped
public class Watching {

    private final LedgerAccess ledgers;

    public Watching(LedgerAccess ledgers) {
        this.ledgers = ledgers;
    }

    /**
     * Column by column; each value is that between a moment and the one before.
     *
     * @param run its number; 0 before the first
     * @param seconds since 1970
     * @param read records a second, of all kinds
     * @param share percent of the permitted rate that might be used
     */
    public record Series(
            int run,
            List<Double> seconds,
            List<Double> read,
            List<Double> delivered,
            List<Double> dead,
            List<Integer> share) {}

    public Series series() {
        return of((ledger, run) -> series(run.id(), ledger.throughput().of(run.id())), series(0, List.of()));
    }

    private static Series series(int run, List<Throughput.Sample> samples) {
        var series = new Series(
                run, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int at = 1; at < samples.size(); at++) {
            var before = samples.get(at - 1);
            var now = samples.get(at);
            var seconds = Duration.between(before.time(), now.time()).toMillis() / 1000.0;
            series.seconds().add(now.time().toEpochMilli() / 1000.0);
            series.read().add(rate(now.read() - before.read(), seconds));
            series.delivered().add(rate(now.delivered() - before.delivered(), seconds));
            series.dead().add(rate(now.dead() - before.dead(), seconds));
            series.share().add(now.share());
        }
        return series;
    }

    private static double rate(long number, double seconds) {
        return Math.round(10 * Math.max(0, number) / seconds) / 10.0;
    }

    /** See {@link Lanes#page}; compared with the completed run before. */
    public List<Lanes.Lane> lanes(String after, int limit) {
        return of(
                (ledger, run) -> {
                    var earlier = ledger.runs().all().stream()
                            .filter(one -> one.id() < run.id()
                                    && one.command().equals(run.command())
                                    && one.state() == Run.State.COMPLETED)
                            .mapToInt(Run::id)
                            .findFirst();
                    return ledger.lanes().page(run.id(), earlier.orElse(0), after, limit);
                },
                List.of());
    }

    /** See {@link Findings#page}. */
    public List<Findings.Stored> findings(String rule, long after, int limit) {
        return of((ledger, run) -> ledger.findings().page(run.id(), rule, after, limit), List.of());
    }

    private <T> T of(Question<T> question, T none) {
        return ledgers.findReadOnly()
                .flatMap(found -> {
                    try (Ledger ledger = found) {
                        return ledger.runs().last(Migration.COMMAND).map(run -> question.of(ledger, run));
                    }
                })
                .orElse(none);
    }

    private interface Question<T> {
        T of(Ledger ledger, Run run);
    }
}
