package dev.caravan.migration.rollback;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;

/**
 * What there is to be taken back.
 *
 * @param things how many
 * @param digest of which they are and after which run: another when anything was added, taken back or run since
 */
public record Extent(long things, String digest) {

    private static final int DIGITS = 16;

    static Extent of(long things, List<?> whichTheyAre) {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest(whichTheyAre.toString().getBytes(StandardCharsets.UTF_8));
            return new Extent(things, HexFormat.of().formatHex(hash).substring(0, DIGITS));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** 0 before the first. */
    static int newestRun(Ledger ledger) {
        return ledger.runs().all().stream().map(Run::id).findFirst().orElse(0);
    }
}
