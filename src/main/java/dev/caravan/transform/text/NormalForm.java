package dev.caravan.transform.text;

import dev.caravan.transform.text.CanonicalScanner.Kind;

/** Writes literal text in the normal form of {@link MattermostMarkup}, and references by the names they have there. */
final class NormalForm {
    private final boolean slackTones;
    private final StringBuilder out = new StringBuilder();

    /** @param slackTones whether the text to come has skin tones in Slack's form */
    NormalForm(boolean slackTones) {
        this.slackTones = slackTones;
    }

    /** Most text needs no look at each of its characters: takes it up to the next token that may be more. */
    CanonicalScanner skipPlain(String text, CanonicalScanner scanner) {
        int from = scanner.end();
        int to = from;
        while (to < text.length() && isPlain(text.charAt(to))) {
            to++;
        }
        out.append(text, from, to);
        scanner.continueAt(to);
        return scanner;
    }

    private static boolean isPlain(char c) {
        return c != '@' && c != '&' && c != ':' && CanonicalScanner.isPlain(c);
    }

    /** A token that holds no reference. */
    void literal(String text, CanonicalScanner token) {
        boolean single = token.end() - token.start() == 1;
        boolean plain = token.kind() == Kind.TEXT && single;
        char sign = plain ? token.first() : ' ';
        if (token.kind() == Kind.ESCAPE && text.charAt(token.end() - 1) == '@') {
            out.append('@');
        } else if (sign == '~') {
            out.append("\\~");
        } else if (sign == '&') {
            characterReference(text, token);
        } else if (sign == ':') {
            emoji(text, token);
        } else {
            out.append(text, token.start(), token.end());
        }
    }

    private void characterReference(String text, CanonicalScanner token) {
        int start = token.start();
        if (text.startsWith(MattermostMarkup.AT_REFERENCE, start)) {
            out.append('@');
            token.continueAt(start + MattermostMarkup.AT_REFERENCE.length());
        } else if (text.startsWith(MattermostMarkup.TILDE_REFERENCE, start)) {
            out.append("\\~");
            token.continueAt(start + MattermostMarkup.TILDE_REFERENCE.length());
        } else {
            out.append('&');
        }
    }

    private void emoji(String text, CanonicalScanner token) {
        int colon = token.start();
        int nameEnd = EmojiNames.nameEnd(text, colon);
        if (nameEnd < 0) {
            out.append(':');
            return;
        }
        int tonedEnd = !slackTones ? -1 : EmojiNames.tonedEnd(text, nameEnd);
        String name = tonedEnd < 0 ? text.substring(colon + 1, nameEnd) : EmojiNames.joined(text, colon, nameEnd);
        String split = EmojiNames.split(name);
        if (tonedEnd < 0 && split.equals(name)) {
            out.append(':');
        } else {
            out.append(':').append(split).append(':');
            token.continueAt(tonedEnd < 0 ? nameEnd + 1 : tonedEnd);
        }
    }

    /** A mention, sign included, without the zero-width space that may stand on either side. */
    void mention(String mention, String text, CanonicalScanner scanner, int end) {
        int last = out.length() - 1;
        if (last >= 0 && out.charAt(last) == MattermostMarkup.GAP) {
            out.setLength(last);
        }
        String name = mention.substring(1);
        String group = mention.charAt(0) == '@' ? MattermostNames.reservedGroup(name) : null;
        String kind = group != null ? "group/" : mention.charAt(0) == '@' ? "user/" : "channel/";
        out.append('[')
                .append(mention)
                .append("](")
                .append(CanonicalLinks.SCHEME)
                .append(kind);
        out.append(group != null ? group : name).append(')');
        boolean gapFollows = end < text.length() && text.charAt(end) == MattermostMarkup.GAP;
        scanner.continueAt(gapFollows ? end + 1 : end);
    }

    StringBuilder out() {
        return out;
    }
}
