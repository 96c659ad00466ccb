package dev.caravan.migration.mapping;

import java.util.Locale;

import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import dev.caravan.transform.mapping.Side;

/** Which template is meant. Two words of two short lists, so that no name of a file comes from outside. */
public record MappingPlace(Side side, Kind kind) {

    /** @throws Problem CRV-670 for words that are none of the lists */
    public static MappingPlace of(String side, String kind) {
        try {
            return new MappingPlace(Side.valueOf(side.toUpperCase(Locale.ROOT)), Kind.of(kind));
        } catch (IllegalArgumentException none) {
            throw new Problem(none, "CRV-670", side + "/" + kind);
        }
    }
}
