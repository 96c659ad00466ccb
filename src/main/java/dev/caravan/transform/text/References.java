package dev.caravan.transform.text;

import java.util.ArrayList;
import java.util.List;

/** Finds the references in canonical text, in order, repeated ones included; links inside code are none. */
public final class References {
    private static final String REFERENCE_START = "](" + CanonicalLinks.SCHEME;

    private References() {}

    public static List<Reference> in(String text) {
        if (!mayHoldAny(text)) {
            return List.of();
        }
        List<Reference> found = new ArrayList<>();
        CanonicalScanner scanner = new CanonicalScanner(text);
        while (scanner.next()) {
            Reference reference = scanner.reference();
            if (reference != null) {
                found.add(reference);
            }
        }
        return found;
    }

    static boolean mayHoldAny(String text) {
        return text.indexOf(REFERENCE_START) >= 0;
    }
}
