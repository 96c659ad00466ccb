package dev.caravan.migration.verification;

import java.util.List;
import java.util.TreeSet;

import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;

/** Invariant 1: read = delivered + unchanged + filtered + dead + parked, and nothing is parked at the end. */
final class AccountCheck {

    private static final List<What> OUTCOMES =
            List.of(What.DELIVERED, What.UNCHANGED, What.FILTERED, What.DEAD, What.PARKED);

    private AccountCheck() {}

    static void of(Tally account, Differences differences) {
        var kinds = new TreeSet<String>();
        account.counts().keySet().forEach(key -> kinds.add(key.kind()));
        for (var kind : kinds) {
            long read = account.of(kind, What.READ);
            long outcomes =
                    OUTCOMES.stream().mapToLong(what -> account.of(kind, what)).sum();
            if (read != outcomes) {
                differences.ofAccount(kind, "account", read + " read, " + outcomes + " accounted for");
            }
            if (account.of(kind, What.PARKED) != 0) {
                differences.ofAccount(kind, "parked", Long.toString(account.of(kind, What.PARKED)));
            }
        }
    }
}
