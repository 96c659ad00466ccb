package dev.caravan.migration.rollback;

import java.util.List;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;
import dev.caravan.model.Sha256;

/**
 * What there is to be taken back.
 *
 * @param things how many
 * @param digest of which they are and after which run: another when anything was added, taken back or run since
 */
public record Extent(long things, String digest) {

    private static final int DIGITS = 16;

    static Extent of(long things, List<?> whichTheyAre) {
        return new Extent(things, Sha256.hex(whichTheyAre.toString(), DIGITS));
    }

    /** 0 before the first. */
    static int newestRun(Ledger ledger) {
        return ledger.runs().all().stream().map(Run::id).findFirst().orElse(0);
    }
}
