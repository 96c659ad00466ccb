package dev.caravan.transform.text;

import java.util.function.Function;

import dev.caravan.transform.text.CanonicalScanner.Kind;

/** Rewrites one canonical text with the names its references have on the target. */
final class CanonicalNormaliser {
    private final Function<String, String> resolver;
    private final NormalForm form = new NormalForm(true);

    CanonicalNormaliser(Function<String, String> resolver) {
        this.resolver = resolver;
    }

    String normalise(String text) {
        append(text);
        return form.out().toString();
    }

    private void append(String text) {
        CanonicalScanner scanner = new CanonicalScanner(text);
        while (form.skipPlain(text, scanner).next()) {
            Reference reference = scanner.reference();
            if (reference != null) {
                reference(text, scanner, reference);
            } else if (scanner.kind() == Kind.LINK) {
                link(scanner.label(), scanner.target());
            } else {
                form.literal(text, scanner);
            }
        }
    }

    private void reference(String text, CanonicalScanner link, Reference reference) {
        String name = resolver.apply(link.destination());
        if (name == null && reference.kind() == Reference.Kind.MESSAGE && link.title() != null) {
            StringBuilder target = new StringBuilder("](");
            CanonicalLinks.appendDestination(target, link.title());
            link(link.label(), target.append(')').toString());
        } else if (name == null) {
            append(link.label());
        } else if (name.startsWith("@") || name.startsWith("~")) {
            form.mention(name, text, link, link.end());
        } else {
            form.out().append(name);
        }
    }

    private void link(String label, String target) {
        form.out().append('[');
        append(label);
        form.out().append(target);
    }
}
