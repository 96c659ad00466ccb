package dev.caravan.transform.text;

/**
 * Cuts canonical text into tokens that together are the whole text: code, links, autolinks, escapes and single characters of
 * text. It knows just enough of CommonMark for the canonical form; emphasis and blocks other than fences are plain characters
 * to it. Time is linear but for labels, which are looked at up to {@link #MAX_LABEL} characters ahead.
 */
final class CanonicalScanner {
    /** Longer labels are not recognised; Caravan writes none, and the limit keeps hostile brackets cheap. */
    static final int MAX_LABEL = 1_000;

    private static final int MAX_TICKS = 64;
    /** CommonMark lets parsers stop at this many nested parentheses. */
    private static final int MAX_DEPTH = 32;

    enum Kind {
        TEXT,
        ESCAPE,
        CODE,
        AUTOLINK,
        LINK
    }

    private final String text;
    private Kind kind;
    private int start;
    private int end;
    private int labelEnd;
    private String destination;
    private String title;
    /** By length of a run of backticks: the position before which no such run closes a span. */
    private final int[] unclosedUntil = new int[MAX_TICKS];

    private int blankLine = -1;
    private int labelClose = -1;

    CanonicalScanner(String text) {
        this.text = text;
    }

    boolean next() {
        start = end;
        if (start >= text.length()) {
            return false;
        }
        kind = Kind.TEXT;
        end = start + 1;
        char c = text.charAt(start);
        switch (c) {
            case '\\' -> escape();
            case '`', '~' -> code(c);
            case '<' -> autolink();
            case '[' -> link();
            default -> {}
        }
        return true;
    }

    Kind kind() {
        return kind;
    }

    int start() {
        return start;
    }

    char first() {
        return text.charAt(start);
    }

    String token() {
        return text.substring(start, end);
    }

    /** Whether no token but that of plain text begins with this character. */
    static boolean isPlain(char c) {
        return c != '\\' && c != '`' && c != '~' && c != '<' && c != '[';
    }

    /** Goes on at the given position, which must not lie inside markup. */
    void continueAt(int position) {
        end = position;
    }

    int end() {
        return end;
    }

    /** The label of a link, as markup. */
    String label() {
        return text.substring(start + 1, labelEnd);
    }

    /** What stands behind the label of a link: destination and title with their brackets. */
    String target() {
        return text.substring(labelEnd, end);
    }

    /** The title of a link with escapes undone, or null. */
    String title() {
        return title;
    }

    String destination() {
        return destination;
    }

    /** The reference if the token is one, else null. */
    Reference reference() {
        return kind == Kind.LINK && destination.startsWith(CanonicalLinks.SCHEME) ? Reference.parse(destination) : null;
    }

    private void escape() {
        if (end < text.length() && isAsciiPunctuation(text.charAt(end))) {
            kind = Kind.ESCAPE;
            end++;
        }
    }

    private void code(char c) {
        int length = run(start, c);
        if (length >= 3 && startsLine(start)) {
            int close = fenceEnd(c, length);
            if (close > 0) {
                kind = Kind.CODE;
                end = close;
                return;
            }
        }
        end = start + length;
        int close = c == '`' ? spanEnd(length) : -1;
        if (close > 0) {
            kind = Kind.CODE;
            end = close;
        }
    }

    private int spanEnd(int length) {
        if (length >= MAX_TICKS || start < unclosedUntil[length]) {
            return -1;
        }
        if (blankLine < start) {
            int blank = text.indexOf("\n\n", start);
            blankLine = blank < 0 ? text.length() : blank;
        }
        int limit = blankLine;
        for (int i = text.indexOf('`', start + length); i >= 0 && i < limit; i = text.indexOf('`', i)) {
            int run = run(i, '`');
            if (run == length) {
                return i + run;
            }
            i += run;
        }
        unclosedUntil[length] = limit;
        return -1;
    }

    /** Behind the closing fence, or the end of the text (or of the quote) if there is none; -1 if this opens no block. */
    private int fenceEnd(char c, int length) {
        int lineEnd = lineEnd(start);
        if (c == '`' && text.substring(start + length, lineEnd).indexOf('`') >= 0) {
            return -1;
        }
        boolean quoted = text.substring(lineStart(start), start).indexOf('>') >= 0;
        int line = lineEnd + 1;
        while (line < text.length()) {
            int content = skipPrefix(line);
            int close = lineEnd(line);
            if (quoted && text.substring(line, content).indexOf('>') < 0) {
                return line;
            }
            int run = content < close ? run(content, c) : 0;
            if (run >= length && text.substring(content + run, close).isBlank()) {
                return content + run;
            }
            line = close + 1;
        }
        return text.length();
    }

    /** Whether only quote and list markers stand before the position in its line. */
    private boolean startsLine(int position) {
        int i = position;
        while (i > 0 && " \t>-+.)0123456789".indexOf(text.charAt(i - 1)) >= 0) {
            i--;
        }
        return i == 0 || text.charAt(i - 1) == '\n';
    }

    private int skipPrefix(int line) {
        int i = line;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '>' || text.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    private int lineStart(int position) {
        return text.lastIndexOf('\n', position - 1) + 1;
    }

    private int lineEnd(int position) {
        int lineEnd = text.indexOf('\n', position);
        return lineEnd < 0 ? text.length() : lineEnd;
    }

    private int run(int from, char c) {
        int i = from;
        while (i < text.length() && text.charAt(i) == c) {
            i++;
        }
        return i - from;
    }

    private void autolink() {
        boolean colon = false;
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            colon |= c == ':' || c == '@';
            if (c == '>' && colon) {
                kind = Kind.AUTOLINK;
                end = i + 1;
                return;
            }
            if (c <= ' ' || c == '<' || c == '>') {
                return;
            }
        }
    }

    private void link() {
        int close = labelEnd();
        if (close < 0 || close + 1 >= text.length() || text.charAt(close + 1) != '(') {
            return;
        }
        int i = close + 2;
        int depth = 0;
        while (i < text.length()
                && text.charAt(i) > ' '
                && (text.charAt(i) != ')' || depth > 0)
                && depth <= MAX_DEPTH) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            i += c == '\\' ? 2 : 1;
        }
        int destinationEnd = Math.min(i, text.length());
        i = skipSpace(destinationEnd);
        int titleStart = -1;
        int titleEnd = -1;
        if (i > destinationEnd && i < text.length() && text.charAt(i) == '"') {
            titleStart = i + 1;
            for (i = titleStart; i < text.length() && text.charAt(i) != '"'; i++) {
                i += text.charAt(i) == '\\' ? 1 : 0;
            }
            titleEnd = i;
            i = skipSpace(i + 1);
        }
        if (i < text.length() && text.charAt(i) == ')') {
            kind = Kind.LINK;
            end = i + 1;
            labelEnd = close;
            destination = text.substring(close + 2, destinationEnd);
            title = titleStart < 0 ? null : unescape(text.substring(titleStart, titleEnd));
        }
    }

    private int skipSpace(int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i;
    }

    /** The bracket that closes the label; -1 if there is none, or if the label holds a link itself, which then is the link. */
    private int labelEnd() {
        if (labelClose < start) {
            int close = text.indexOf("](", start);
            labelClose = close < 0 ? Integer.MAX_VALUE : close;
        }
        if (labelClose - start > MAX_LABEL) {
            return -1;
        }
        int limit = Math.min(text.length(), start + MAX_LABEL);
        int depth = 0;
        for (int i = start + 1; i < limit; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '\n' && i + 1 < limit && text.charAt(i + 1) == '\n') {
                return -1;
            } else if (c == '[') {
                depth++;
            } else if (c == ']' && depth-- == 0) {
                return i;
            } else if (c == ']' && i + 1 < limit && text.charAt(i + 1) == '(') {
                return -1;
            }
        }
        return -1;
    }

    private static String unescape(String markup) {
        StringBuilder out = new StringBuilder(markup.length());
        for (int i = 0; i < markup.length(); i++) {
            boolean escaped =
                    markup.charAt(i) == '\\' && i + 1 < markup.length() && isAsciiPunctuation(markup.charAt(i + 1));
            i += escaped ? 1 : 0;
            out.append(markup.charAt(i));
        }
        return out.toString().replace("&amp;", "&");
    }

    private static boolean isAsciiPunctuation(char c) {
        return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    }
}
