package dev.caravan.migration.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.caravan.ledger.Ledger;
import dev.caravan.model.Finding;
import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;

/**
 * How often each declared lossy rule was used: as the steps of the road noted it, or as the comparison met it. Of several
 * runs over the same source the largest number counts.
 */
final class LossyRules {

    /** Rules of the road itself; those of a sink are its connector's. */
    private static final Map<String, Double> OF_THE_ROAD = Map.of(
            MessageComparison.ASSIGNED_TIME,
            1.0,
            MessageComparison.REPLY_BEFORE_ROOT,
            1.0,
            MessageComparison.REPLY_WITHOUT_ROOT,
            0.05,
            DirectoryComparison.DIRECT_ARCHIVED,
            1.0,
            "missing-author",
            1.0,
            "missing-channel",
            1.0,
            "orphan-reply",
            1.0,
            "permalink-kept",
            1.0,
            "dangling-mention",
            1.0,
            "dangling-channel",
            1.0);

    static final int EXAMPLES = 3;

    private final Ledger ledger;
    private final String command;
    private final Map<String, Double> ceilings = new TreeMap<>(OF_THE_ROAD);

    private record Use(String rule, String kind, int run, long records, long of) {}

    /** @param settings ceilings the operator set, by rule */
    LossyRules(Ledger ledger, String command, Map<String, Double> ofTheSink, Map<String, Double> settings) {
        this.ledger = ledger;
        this.command = command;
        ceilings.putAll(ofTheSink);
        ceilings.putAll(settings);
    }

    /**
     * @param compared what the comparison met: {@link Differences#rules()}
     * @param examples ids of those: {@link Differences#examples()}
     * @param counts how many records there are of each kind
     */
    List<RuleUse> uses(
            Map<String, Long> compared,
            Map<String, List<String>> examples,
            Map<String, VerificationResult.Count> counts) {
        var uses = new TreeMap<String, Use>();
        for (var run : ledger.runs().all()) {
            if (run.command().equals(command)) {
                var account = ledger.runs().account(run.id());
                account.counts().forEach((key, n) -> {
                    if (key.what() == What.FINDING && ceilings.containsKey(key.rule())) {
                        var use = new Use(key.rule(), key.kind(), run.id(), n, of(account, key));
                        uses.merge(key.rule() + " " + key.kind(), use, (a, b) -> a.records() >= b.records() ? a : b);
                    }
                });
            }
        }
        compared.forEach((key, n) -> {
            int space = key.indexOf(' ');
            var kind = key.substring(space + 1);
            uses.put(key, new Use(key.substring(0, space), kind, 0, n, expected(counts, kind)));
        });
        var all = new ArrayList<RuleUse>();
        uses.values()
                .forEach(use -> all.add(new RuleUse(
                        use.rule(),
                        use.kind(),
                        use.records(),
                        use.of(),
                        ceilings.getOrDefault(use.rule(), 1.0),
                        use.run() == 0
                                ? examples.getOrDefault(use.rule() + " " + use.kind(), List.of())
                                : examples(use))));
        return all;
    }

    /** Nothing of a kind that could not be read to its end. */
    private static long expected(Map<String, VerificationResult.Count> counts, String kind) {
        return counts.containsKey(kind) ? counts.get(kind).expected() : 0;
    }

    private static long of(Tally account, Tally.Key key) {
        return account.of(key.kind(), What.READ) + account.of(key.kind(), What.CREATED);
    }

    private List<String> examples(Use use) {
        return ledger.findings().page(use.run(), use.rule(), 0, EXAMPLES).stream()
                .map(stored -> stored.finding())
                .map(Finding::sourceId)
                .toList();
    }
}
