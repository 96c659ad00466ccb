package dev.caravan.migration.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Records;
import dev.caravan.migration.report.ReportFacts.FindingRow;
import dev.caravan.migration.report.ReportFacts.KindAccount;
import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;

/** What the counts of a run say: whether they add up (invariant 1), what was found. */
final class Accounts {

    private static final List<String> ORDER =
            List.of("user", "channel", "membership", "emoji", "message", "reaction", "file", "pin", "edit");

    private Accounts() {}

    static List<KindAccount> of(Ledger ledger, int run) {
        var account = ledger.runs().account(run);
        Map<String, Records.Written> written = new HashMap<>();
        ledger.records().written(run).forEach(one -> written.put(one.kind().word(), one));
        return account.counts().keySet().stream()
                .map(Tally.Key::kind)
                .distinct()
                .sorted(Comparator.comparing(Accounts::place).thenComparing(kind -> kind))
                .map(kind -> kind(account, kind, written.get(kind)))
                .filter(kind -> kind.read() + kind.placeholders() + kind.missing() != 0)
                .toList();
    }

    static int place(String kind) {
        var place = ORDER.indexOf(kind);
        return place < 0 ? ORDER.size() : place;
    }

    private static KindAccount kind(Tally account, String kind, Records.Written written) {
        long delivered = account.of(kind, What.DELIVERED);
        long placeholders = account.of(kind, What.CREATED);
        long splits = account.of(kind, What.SPLIT);
        long merges = account.of(kind, What.MERGED);
        long accounted = delivered
                + account.of(kind, What.UNCHANGED)
                + account.of(kind, What.FILTERED)
                + account.of(kind, What.DEAD)
                + account.of(kind, What.PARKED);
        return new KindAccount(
                kind,
                account.of(kind, What.READ),
                delivered,
                account.of(kind, What.UNCHANGED),
                account.of(kind, What.FILTERED),
                account.of(kind, What.DEAD),
                account.of(kind, What.PARKED),
                placeholders,
                splits,
                merges,
                written == null ? 0 : written.objects(),
                account.of(kind, What.READ) - accounted,
                written == null ? 0 : written.objects() - (delivered + placeholders + splits - merges));
    }

    /** The most frequent first. */
    static List<FindingRow> findings(Tally account, Map<String, List<String>> examples) {
        var rows = new ArrayList<FindingRow>();
        account.counts().forEach((key, n) -> {
            if (key.what() == What.FINDING) {
                rows.add(new FindingRow(key.rule(), key.kind(), n, examples.getOrDefault(key.rule(), List.of())));
            }
        });
        rows.sort(Comparator.comparingLong(FindingRow::count).reversed());
        return rows;
    }
}
