package dev.caravan.migration.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import dev.caravan.migration.report.ReportFacts.LossRow;
import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;
import dev.caravan.transform.mapping.TargetRules.Effect;

/** What a target cannot hold, or cannot hold as it was: by kind and rule, the worst first. */
public final class Losses {

    private Losses() {}

    /** @param effects of the target's rules; a rule it does not name loses nothing */
    public static List<LossRow> of(Tally account, Map<String, Effect> effects) {
        var rows = new ArrayList<LossRow>();
        account.counts().forEach((key, n) -> {
            var effect = key.what() == What.FILTERED ? Effect.DROPPED : effects.getOrDefault(key.rule(), Effect.KEPT);
            var told = key.what() == What.FILTERED || key.what() == What.FINDING && !filtered(account, key);
            if (n != 0 && effect != Effect.KEPT && told) {
                rows.add(new LossRow(key.kind(), key.rule(), effect, n));
            }
        });
        rows.sort(Comparator.comparing(LossRow::effect)
                .reversed()
                .thenComparing(row -> Accounts.place(row.kind()))
                .thenComparing(Comparator.comparingLong(LossRow::count).reversed()));
        return rows;
    }

    /** A rule of the target that leaves a record out notes a finding, too. */
    private static boolean filtered(Tally account, Tally.Key finding) {
        return account.counts().containsKey(new Tally.Key(finding.kind(), What.FILTERED, finding.rule()));
    }
}
