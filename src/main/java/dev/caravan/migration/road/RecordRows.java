package dev.caravan.migration.road;

import dev.caravan.ledger.Key;
import dev.caravan.ledger.RecordState;
import dev.caravan.ledger.Row;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.StageSlot;
import dev.caravan.transform.link.Directory;

/** The ledger's row of a record. */
final class RecordRows {

    private final int run;
    private final Directory directory;

    /** @param run whose rows they are */
    RecordRows(int run, Directory directory) {
        this.run = run;
        this.directory = directory;
    }

    /**
     * @param targetId the target's own id, or null
     * @param slot where a file sink staged it, or null
     * @param digests of its fields; null while nobody needs to compare them
     */
    Row row(Kind kind, Item item, RecordState state, String targetId, StageSlot slot, byte[] digests) {
        var canonical = item.canonical();
        var root = canonical.path("thread").asText(null);
        return new Row(
                kind,
                RecordKeys.lane(kind, item, directory),
                RecordKeys.key(kind, item),
                RecordKeys.version(kind, canonical),
                item.target().hash(),
                digests,
                root == null ? null : new Key(canonical.path("threadTime").asLong(), root),
                slot,
                item.target().objects(),
                targetId,
                state,
                run);
    }
}
