package dev.caravan.transform.text;

/**
 * Inline mrkdwn of one line; Slack's styles never cross a line break.
 *
 * <p>Slack's word boundaries: a style begins where no letter or digit precedes and no white space follows, and ends where no
 * white space precedes and no letter or digit follows. Chinese, Japanese and Korean characters are letters.
 */
final class MrkdwnLine {
    private final String text;
    private final Inlines out;
    private final StringBuilder literal = new StringBuilder();
    private int lineStart;
    private int lineEnd;
    /** Bits of the styles for which no end was found; looked for again only in another range. */
    private int unclosed;

    MrkdwnLine(String text, Inlines out) {
        this.text = text;
        this.out = out;
    }

    void parse(int from, int to, int style) {
        lineStart = from;
        lineEnd = to;
        range(from, to, style);
    }

    /** Text as it is shown inside code: entities decoded, tokens by their label. */
    static String literal(String text, int from, int to) {
        StringBuilder code = new StringBuilder(to - from);
        for (int i = from; i < to; ) {
            int tokenEnd = tokenEnd(text, i, to);
            int entity = SlackEntities.lengthAt(text, i);
            if (tokenEnd > 0) {
                code.append(SlackReferences.plain(text.substring(i + 1, tokenEnd)));
                i = tokenEnd + 1;
            } else if (entity > 0 && i + entity <= to) {
                code.append(SlackEntities.charAt(text, i));
                i += entity;
            } else {
                code.append(text.charAt(i++));
            }
        }
        return code.toString();
    }

    private void range(int from, int to, int style) {
        int outerUnclosed = unclosed;
        unclosed = 0;
        int i = from;
        while (i < to) {
            int plain = plainEnd(i, to);
            if (plain > i) {
                literal.append(text, i, plain);
                i = plain;
                continue;
            }
            char c = text.charAt(i);
            int next =
                    switch (c) {
                        case '<' -> token(i, to, style);
                        case '&' -> entity(i, to);
                        case '`' -> code(i, to, style);
                        case '*', '_', '~' -> styled(i, to, c, style);
                        default -> i;
                    };
            if (next == i) {
                literal.append(c);
                next = i + 1;
            }
            i = next;
        }
        flush(style);
        unclosed = outerUnclosed;
    }

    /** Most text is no markup: it is taken as a whole. */
    private int plainEnd(int from, int to) {
        int i = from;
        while (i < to && !PlainText.mayBeMarkup(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private int token(int i, int to, int style) {
        int end = tokenEnd(text, i, to);
        if (end < 0) {
            return i;
        }
        flush(style);
        return SlackReferences.append(out, text.substring(i + 1, end), style) ? end + 1 : i;
    }

    private int entity(int i, int to) {
        int length = SlackEntities.lengthAt(text, i);
        if (length == 0 || i + length > to) {
            return i;
        }
        literal.append(SlackEntities.charAt(text, i));
        return i + length;
    }

    private int code(int i, int to, int style) {
        int end = codeEnd(i, to);
        if (end < 0) {
            return i;
        }
        flush(style);
        out.code(literal(text, i + 1, end), style);
        return end + 1;
    }

    private int styled(int i, int to, char c, int style) {
        int bit = c == '*' ? Inlines.BOLD : c == '_' ? Inlines.ITALIC : Inlines.STRIKE;
        if ((style & bit) != 0 || (unclosed & bit) != 0 || !canOpen(i, to, c)) {
            return i;
        }
        int end = styleEnd(i + 1, to, c);
        if (end < 0) {
            unclosed |= bit;
            return i;
        }
        flush(style);
        range(i + 1, end, style | bit);
        return end + 1;
    }

    private boolean canOpen(int i, int to, char c) {
        boolean insideWord = i > lineStart && Character.isLetterOrDigit(text.codePointBefore(i));
        boolean afterSame = i > lineStart && text.charAt(i - 1) == c;
        return !insideWord
                && !afterSame
                && i + 1 < to
                && !Character.isWhitespace(text.charAt(i + 1))
                && text.charAt(i + 1) != c;
    }

    private int styleEnd(int from, int to, char c) {
        int i = from;
        while (i < to) {
            char here = text.charAt(i);
            int skipTo = here == '<' ? tokenEnd(text, i, to) : here == '`' ? codeEnd(i, to) : -1;
            if (skipTo > 0) {
                i = skipTo;
            } else if (here == c && i > from && !Character.isWhitespace(text.charAt(i - 1)) && !letterFollows(i + 1)) {
                return i;
            }
            i++;
        }
        return -1;
    }

    private boolean letterFollows(int i) {
        return i < lineEnd && Character.isLetterOrDigit(text.codePointAt(i));
    }

    private int codeEnd(int i, int to) {
        int end = text.indexOf('`', i + 1);
        return end > i + 1 && end < to && !text.substring(i + 1, end).isBlank() ? end : -1;
    }

    private static int tokenEnd(String text, int i, int to) {
        if (text.charAt(i) != '<') {
            return -1;
        }
        for (int end = i + 1; end < to; end++) {
            char c = text.charAt(end);
            if (c == '>') {
                return end > i + 1 ? end : -1;
            }
            if (c == '<' || c == '\n') {
                return -1;
            }
        }
        return -1;
    }

    private void flush(int style) {
        if (literal.length() > 0) {
            out.text(literal.toString(), style);
            literal.setLength(0);
        }
    }
}
