package dev.caravan.transform.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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

    /**
     * The text with other destinations for its references; all else stays byte for byte.
     *
     * @param destination from a reference to what its link is to lead to; null leaves its label only
     */
    public static String redirect(String text, Function<Reference, String> destination) {
        if (!mayHoldAny(text)) {
            return text;
        }
        var out = new StringBuilder(text.length() + 64);
        var scanner = new CanonicalScanner(text);
        while (scanner.next()) {
            var reference = scanner.reference();
            if (reference == null) {
                out.append(scanner.token());
                continue;
            }
            var other = destination.apply(reference);
            if (other == null && reference.kind() == Reference.Kind.MESSAGE && scanner.title() != null) {
                other = scanner.title();
            }
            link(out, scanner.label(), other);
        }
        return out.toString();
    }

    /**
     * The way back: links become references.
     *
     * @param reference from a destination to the reference it stands for; null for any other link
     */
    public static String recognise(String text, Function<String, Reference> reference) {
        if (text.indexOf("](") < 0) {
            return text;
        }
        var out = new StringBuilder(text.length() + 64);
        var scanner = new CanonicalScanner(text);
        while (scanner.next()) {
            var found = scanner.kind() == CanonicalScanner.Kind.LINK ? reference.apply(scanner.destination()) : null;
            if (found == null) {
                out.append(scanner.token());
            } else {
                link(out, scanner.label(), found.destination());
            }
        }
        return out.toString();
    }

    private static void link(StringBuilder out, String label, String destination) {
        if (destination == null) {
            out.append(label);
            return;
        }
        out.append('[').append(label).append("](");
        CanonicalLinks.appendDestination(out, destination);
        out.append(')');
    }

    static boolean mayHoldAny(String text) {
        return text.indexOf(REFERENCE_START) >= 0;
    }
}
