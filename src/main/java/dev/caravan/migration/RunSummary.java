package dev.caravan.migration;

import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Seal;
import dev.caravan.migration.verification.Summary;
import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;

/**
 * The account of the last completed run, as scripts read it: the last line of {@code run --json}. Numbers at the top are
 * messages; {@code kinds} holds every kind, {@code rules} what was filtered or found, by rule.
 *
 * @param open dead letters of any kind that still wait for somebody
 * @param verdict equal, equal-by-rule or different; {@code unverified} when no verification followed the run
 * @param sealed the last finished file, or null
 */
@JsonPropertyOrder({
    "read",
    "delivered",
    "unchanged",
    "filtered",
    "dead",
    "findings",
    "verdict",
    "run",
    "open",
    "sealed",
    "kinds",
    "rules"
})
public record RunSummary(
        long read,
        long delivered,
        long unchanged,
        long filtered,
        long dead,
        long findings,
        String verdict,
        int run,
        long open,
        Sealed sealed,
        SortedMap<String, SortedMap<String, Long>> kinds,
        SortedMap<String, Long> rules) {

    /** @param number of the seal */
    public record Sealed(int number, String path, String sha256, long bytes) {}

    public static RunSummary of(Ledger ledger, int run) {
        var account = ledger.runs().account(run);
        return new RunSummary(
                account.of("message", What.READ),
                account.of("message", What.DELIVERED),
                account.of("message", What.UNCHANGED),
                account.of("message", What.FILTERED),
                account.of("message", What.DEAD),
                account.of("message", What.FINDING),
                verdict(ledger),
                run,
                open(ledger),
                ledger.seals().last().map(RunSummary::sealed).orElse(null),
                kinds(account),
                rules(account));
    }

    private static String verdict(Ledger ledger) {
        return ledger.verifications()
                .last()
                .flatMap(last -> Summary.verdict(last.summary()))
                .orElse("unverified");
    }

    /** Letters nobody has settled yet. */
    private static long open(Ledger ledger) {
        return ledger.deadLetters().waiting().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static Sealed sealed(Seal seal) {
        return new Sealed(seal.number(), seal.path(), seal.sha256(), seal.size());
    }

    private static SortedMap<String, SortedMap<String, Long>> kinds(Tally account) {
        var kinds = new TreeMap<String, SortedMap<String, Long>>();
        account.counts().forEach((key, n) -> kinds.computeIfAbsent(key.kind(), kind -> new TreeMap<>())
                .merge(key.what().word(), n, Long::sum));
        return kinds;
    }

    private static SortedMap<String, Long> rules(Tally account) {
        var rules = new TreeMap<String, Long>();
        account.counts().forEach((key, n) -> {
            if (!key.rule().isEmpty()) {
                rules.merge(key.rule(), n, Long::sum);
            }
        });
        return rules;
    }
}
