package dev.caravan.migration.mapping;

import dev.caravan.model.Kind;
import dev.caravan.transform.mapping.Side;

/**
 * A template as it stands in the operator's folder.
 *
 * @param name below {@code routes/}
 * @param hash SHA-256 of its bytes; what a change has to be based on
 * @param waiting whether what serves now is another version: it serves the next run
 */
public record MappingFile(Side side, Kind kind, String name, String text, String hash, boolean waiting) {

    /** {@code from} or {@code to}. */
    public String sideWord() {
        return side.word();
    }
}
