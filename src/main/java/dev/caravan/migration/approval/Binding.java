package dev.caravan.migration.approval;

import java.util.SortedMap;
import java.util.TreeMap;

import dev.caravan.ledger.Ledger;
import dev.caravan.migration.verification.Summary;
import dev.caravan.model.Sha256;
import dev.caravan.model.Tally;

/**
 * What an approval is given for. Another digest means that something of it is not as it was.
 *
 * @param digest of all the others, as 64 hexadecimal digits
 * @param phase that is to begin
 * @param fingerprint digest of the run's files and settings
 * @param counts of the run so far, by kind and outcome
 * @param verdict of the last verification; {@code unverified} before the first
 */
public record Binding(
        String digest,
        int run,
        String phase,
        String fingerprint,
        SortedMap<String, SortedMap<String, Long>> counts,
        String verdict) {

    static Binding of(Ledger ledger, int run, String phase) {
        var files = new StringBuilder();
        ledger.runs().fingerprint(run).forEach((name, hash) -> line(files, name, hash));
        var fingerprint = Sha256.hex(files.toString());
        var account = ledger.runs().account(run);
        var verdict = ledger.verifications()
                .last()
                .flatMap(last -> Summary.verdict(last.summary()))
                .orElse("unverified");
        var all = new StringBuilder();
        line(all, run, phase);
        line(all, fingerprint, verdict);
        account.counts().forEach((key, n) -> line(all, key.kind(), key.what().word(), key.rule(), n));
        return new Binding(Sha256.hex(all.toString()), run, phase, fingerprint, counts(account), verdict);
    }

    private static SortedMap<String, SortedMap<String, Long>> counts(Tally account) {
        var counts = new TreeMap<String, SortedMap<String, Long>>();
        account.counts().forEach((key, n) -> counts.computeIfAbsent(key.kind(), kind -> new TreeMap<>())
                .merge(key.what().word(), n, Long::sum));
        return counts;
    }

    private static void line(StringBuilder all, Object... words) {
        for (Object word : words) {
            all.append(word).append('\t');
        }
        all.append('\n');
    }
}
