package dev.caravan.transform.text;

/**
 * Literal text and how it is written in the canonical form so that it is read as the same text.
 *
 * <p>A backslash is used only before characters that Mattermost's parser also unescapes (it knows
 * <code>`*{}[]()#+-.!_&gt;|~</code> and the backslash itself); the others become character references.
 */
final class PlainText {
    private static final String SAFE_AFTER_ANGLE = " \t\n=-";
    /** An indent of this many columns would make a code block. */
    private static final int CODE_INDENT = 4;

    /** Bit sets of the characters that may be markup anywhere in a line, by code; a shift counts modulo 64. */
    private static final long MARKUP_TO_63 = 1L << '&' | 1L << '*' | 1L << '<' | 1L << '\r';

    private static final long MARKUP_FROM_64 = 1L << '\\' | 1L << '`' | 1L << '~' | 1L << '[' | 1L << ']' | 1L << '_';

    private static final char EN_SPACE = '\u2002';

    private PlainText() {}

    /** Whether the text holds nothing that Slack's mrkdwn or CommonMark could read as markup; it is then its own canonical form. */
    static boolean isPlain(String text) {
        boolean lineStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((lineStart || mayBeMarkup(c)) && isSuspicious(text, i, c, lineStart)) {
                return false;
            }
            lineStart = c == '\n';
        }
        return true;
    }

    /** Whether the character may be markup anywhere in a line, in Slack's mrkdwn or in CommonMark. */
    static boolean mayBeMarkup(char c) {
        return c < 128 && ((c < 64 ? MARKUP_TO_63 : MARKUP_FROM_64) >>> c & 1) != 0;
    }

    private static boolean isSuspicious(String text, int i, char c, boolean lineStart) {
        switch (c) {
            case '\\', '`', '*', '~', '[', ']', '<', '&', '\r':
                return true;
            case '_':
                return !isInsideWord(text, i, 0, text.length());
            default:
                return lineStart && (c == ' ' || c == '\t' || blockMarker(text, i, text.length()) >= 0);
        }
    }

    /**
     * Appends literal text.
     *
     * @param lineStart whether the first character will stand at the start of a line
     * @param beforeLink whether a link follows directly, which a preceding exclamation mark would turn into an image
     */
    static void append(StringBuilder out, String text, boolean lineStart, boolean beforeLink) {
        boolean atStart = lineStart;
        int end = text.length();
        int marker = -1;
        for (int i = 0; i < end; i++) {
            if (atStart) {
                int first = skipIndent(text, i, end, out);
                if (first == end) {
                    return;
                }
                i = first;
                marker = blockMarker(text, i, end);
            }
            int plain = plainEnd(text, i, i <= marker ? marker : end);
            if (plain > i) {
                out.append(text, i, plain);
                i = plain - 1;
                atStart = false;
                continue;
            }
            char c = text.charAt(i);
            atStart = c == '\n';
            if (i == marker) {
                out.append(c == '=' ? "&#61;" : "\\" + c);
            } else {
                appendInline(out, text, i, end, c, beforeLink);
            }
        }
    }

    private static int plainEnd(String text, int from, int end) {
        int i = from;
        while (i < end) {
            char c = text.charAt(i);
            if (c == '\n' || c == '!' || mayBeMarkup(c)) {
                return i;
            }
            i++;
        }
        return i;
    }

    private static void appendInline(StringBuilder out, String text, int i, int end, char c, boolean beforeLink) {
        switch (c) {
            case '`', '*', '~', '[', ']' -> out.append('\\').append(c);
            case '_' -> {
                if (!isInsideWord(text, i, 0, end)) {
                    out.append('\\');
                }
                out.append(c);
            }
            case '\\' -> out.append(backslashIsLiteral(text, i, end) ? "\\" : "\\\\");
            case '<' -> out.append(angleIsLiteral(text, i, end) ? "<" : "&lt;");
            case '&' -> out.append(looksLikeReference(text, i, end) ? "&amp;" : "&");
            case '!' -> out.append(beforeLink && i + 1 == end ? "\\!" : "!");
            default -> out.append(c);
        }
    }

    /** Writes an indent that would start a code block in wider spaces, which CommonMark leaves alone; returns its end. */
    private static int skipIndent(String text, int from, int end, StringBuilder out) {
        int i = from;
        int columns = 0;
        while (i < end && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            columns += text.charAt(i) == '\t' ? CODE_INDENT : 1;
            i++;
        }
        boolean blank = i < end && text.charAt(i) == '\n';
        if (blank || columns < CODE_INDENT) {
            out.append(text, from, i);
        } else {
            out.append(String.valueOf(EN_SPACE).repeat(columns));
        }
        return i;
    }

    /** The index of the character whose escape keeps the line beginning at {@code i} a paragraph line, or -1. */
    private static int blockMarker(String text, int i, int end) {
        char c = text.charAt(i);
        switch (c) {
            case '>', '|':
                return i;
            case '#':
                return endsWord(text, skipAll(text, i, end, '#'), end) ? i : -1;
            case '+':
                return endsWord(text, i + 1, end) ? i : -1;
            case '-':
                return endsWord(text, i + 1, end) || "-|:".indexOf(text.charAt(i + 1)) >= 0 ? i : -1;
            case '=':
                return endsWord(text, skipAll(text, i, end, '='), end) ? i : -1;
            case ':':
                return i + 1 < end && text.charAt(i + 1) == '-' ? i + 1 : -1;
            default:
                return c >= '0' && c <= '9' ? numberMarker(text, i, end) : -1;
        }
    }

    private static int numberMarker(String text, int from, int end) {
        int i = from;
        while (i < end && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        boolean isMarker = i < end && (text.charAt(i) == '.' || text.charAt(i) == ')') && endsWord(text, i + 1, end);
        return isMarker ? i : -1;
    }

    private static int skipAll(String text, int from, int end, char c) {
        int i = from;
        while (i < end && text.charAt(i) == c) {
            i++;
        }
        return i;
    }

    private static boolean endsWord(String text, int i, int end) {
        return i >= end || text.charAt(i) == ' ' || text.charAt(i) == '\t' || text.charAt(i) == '\n';
    }

    private static boolean isInsideWord(String text, int i, int from, int end) {
        return i > from
                && i + 1 < end
                && Character.isLetterOrDigit(text.charAt(i - 1))
                && Character.isLetterOrDigit(text.charAt(i + 1));
    }

    private static boolean backslashIsLiteral(String text, int i, int end) {
        if (i + 1 >= end) {
            return false;
        }
        char next = text.charAt(i + 1);
        return next > ' ' && (next >= 128 || Character.isLetterOrDigit(next)) || next == ' ';
    }

    private static boolean angleIsLiteral(String text, int i, int end) {
        if (i + 1 >= end) {
            return false;
        }
        char next = text.charAt(i + 1);
        return SAFE_AFTER_ANGLE.indexOf(next) >= 0
                || next >= '0' && next <= '9' && i + 2 < end && text.charAt(i + 2) == ' ';
    }

    private static boolean looksLikeReference(String text, int i, int end) {
        int next = i + 1;
        if (next >= end) {
            return true;
        }
        while (next < end && (Character.isLetterOrDigit(text.charAt(next)) || text.charAt(next) == '#')) {
            next++;
        }
        return next > i + 1 && (next == end || text.charAt(next) == ';');
    }
}
