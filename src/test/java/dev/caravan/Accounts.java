package dev.caravan;

import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;

import static org.assertj.core.api.Assertions.assertThat;

/** Invariant 1. */
final class Accounts {

    private Accounts() {}

    /** Nothing that was read is unaccounted for, of any kind. */
    static void assertHolds(Tally account) {
        account.counts().keySet().stream().map(Tally.Key::kind).distinct().forEach(kind -> assertThat(
                        account.of(kind, What.DELIVERED)
                                + account.of(kind, What.UNCHANGED)
                                + account.of(kind, What.FILTERED)
                                + account.of(kind, What.DEAD)
                                + account.of(kind, What.PARKED))
                .as("%s of %s", kind, account.counts())
                .isEqualTo(account.of(kind, What.READ)));
    }
}
