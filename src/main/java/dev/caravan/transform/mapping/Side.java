package dev.caravan.transform.mapping;

import java.util.Locale;

import dev.caravan.model.Kind;

/** The two mappings of the road: from the source's shape to the canonical form, and from there to the target's shape. */
public enum Side {
    FROM,
    TO;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Name of a template's file below {@code routes/}.
     *
     * @param connector kind of the source, or of the sink
     */
    public String file(String connector, Kind kind) {
        return "mappings/" + connector + "/" + word() + "/" + kind.word() + ".jslt";
    }
}
