package dev.caravan.ledger;

import java.util.Arrays;

/**
 * A record as a seal sees it.
 *
 * @param row as it is now
 * @param createAt of a message: the time the seal assigned, ms since 1970; 0 when it keeps its own
 * @param imported what was loaded into the target, or null when nothing was
 */
public record Staged(Row row, long createAt, Imported imported) {

    public boolean isImported() {
        return imported != null;
    }

    /** Whether the target holds something else than the source has now. */
    public boolean isChangedSince() {
        return imported != null && !Arrays.equals(imported.hash(), row.hash());
    }
}
