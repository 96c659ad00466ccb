package dev.caravan.transform.text;

import java.util.function.Function;
import java.util.function.Predicate;

import dev.caravan.transform.text.CanonicalScanner.Kind;

/** Writes one canonical text in Mattermost's flavour; see {@link MattermostMarkup} for the decisions. */
final class MattermostWriter {
    private final Function<String, String> resolver;
    private final Predicate<String> isUser;
    private final Predicate<String> isChannel;
    private final StringBuilder out = new StringBuilder();

    MattermostWriter(Function<String, String> resolver, Predicate<String> isUser, Predicate<String> isChannel) {
        this.resolver = resolver;
        this.isUser = name -> MattermostNames.reservedGroup(name) != null || isUser.test(name);
        this.isChannel = isChannel;
    }

    String write(String text) {
        append(text);
        return out.toString();
    }

    private void append(String text) {
        CanonicalScanner scanner = new CanonicalScanner(text);
        while (skipPlain(text, scanner).next()) {
            Reference reference = scanner.reference();
            if (reference != null) {
                reference(text, scanner, reference);
            } else if (scanner.kind() == Kind.LINK) {
                out.append('[');
                append(scanner.label());
                out.append(scanner.target());
            } else {
                literal(text, scanner);
            }
        }
    }

    /** Most text needs no look at each of its characters. */
    private CanonicalScanner skipPlain(String text, CanonicalScanner scanner) {
        int from = scanner.end();
        int to = from;
        while (to < text.length()
                && text.charAt(to) != '@'
                && text.charAt(to) != ':'
                && CanonicalScanner.isPlain(text.charAt(to))) {
            to++;
        }
        out.append(text, from, to);
        scanner.continueAt(to);
        return scanner;
    }

    private void reference(String text, CanonicalScanner link, Reference reference) {
        String name = resolver.apply(link.destination());
        if (name != null) {
            boolean mention = name.startsWith("@") || name.startsWith("~");
            if (mention && out.length() > 0 && MattermostNames.touches(out.charAt(out.length() - 1))) {
                out.append(MattermostMarkup.GAP);
            }
            out.append(name);
            if (mention && MattermostNames.continues(text, link.end())) {
                out.append(MattermostMarkup.GAP);
            }
        } else if (reference.kind() == Reference.Kind.MESSAGE && link.title() != null) {
            out.append('[');
            append(link.label());
            CanonicalLinks.appendDestination(out.append("]("), link.title());
            out.append(')');
        } else {
            append(link.label());
        }
    }

    private void literal(String text, CanonicalScanner token) {
        boolean plain = token.kind() == Kind.TEXT || token.kind() == Kind.ESCAPE;
        char sign = plain ? text.charAt(token.end() - 1) : ' ';
        boolean single = token.kind() == Kind.ESCAPE || token.end() - token.start() == 1;
        if (sign == '@') {
            out.append(isMention(text, token.end(), isUser) ? MattermostMarkup.AT_REFERENCE : "@");
        } else if (sign == '~' && single && isMention(text, token.end(), isChannel)) {
            out.append(MattermostMarkup.TILDE_REFERENCE);
        } else if (sign == ':' && token.kind() == Kind.TEXT) {
            emoji(text, token);
        } else {
            out.append(text, token.start(), token.end());
        }
    }

    /** A bracket may hold a label that is written as text right behind the sign. */
    private boolean isMention(String text, int name, Predicate<String> isKnown) {
        return MattermostNames.canStart(out, out.length())
                && (MattermostNames.end(text, name, isKnown) > name
                        || name < text.length() && text.charAt(name) == '[');
    }

    private void emoji(String text, CanonicalScanner token) {
        int nameEnd = EmojiNames.nameEnd(text, token.start());
        int tonedEnd = nameEnd < 0 ? -1 : EmojiNames.tonedEnd(text, nameEnd);
        if (tonedEnd < 0) {
            out.append(':');
        } else {
            out.append(':')
                    .append(EmojiNames.joined(text, token.start(), nameEnd))
                    .append(':');
            token.continueAt(tonedEnd);
        }
    }
}
