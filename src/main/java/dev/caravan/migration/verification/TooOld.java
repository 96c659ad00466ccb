package dev.caravan.migration.verification;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;

/**
 * What a target that can be read back only from some time on need not show any more: what runs brought that began before it. A
 * run does not say when it brought which record.
 */
record TooOld(Set<Integer> runs) {

    static final TooOld NOTHING = new TooOld(Set.of());

    /** @param since what was brought before it cannot be read back */
    static TooOld of(Ledger ledger, Optional<Instant> since) {
        return since.map(from -> new TooOld(ledger.runs().all().stream()
                        .filter(run -> run.started().isBefore(from))
                        .map(Run::id)
                        .collect(Collectors.toSet())))
                .orElse(NOTHING);
    }

    /** @param run that wrote the record last */
    boolean holds(int run) {
        return runs.contains(run);
    }
}
