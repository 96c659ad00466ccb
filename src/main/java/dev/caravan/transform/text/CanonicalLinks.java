package dev.caravan.transform.text;

/** Writes links and references in the canonical form. */
final class CanonicalLinks {
    static final String SCHEME = "caravan:";

    private CanonicalLinks() {}

    /**
     * A reference, or its label as text where the id has characters no platform uses in ids.
     *
     * @param kind user, channel, group or message
     */
    static void reference(Inlines out, String kind, String id, String label, String title, int style) {
        if (!isId(id)) {
            out.text(label, style);
            return;
        }
        StringBuilder link = new StringBuilder(label.length() + id.length() + 32);
        appendLabel(link, label)
                .append("](")
                .append(SCHEME)
                .append(kind)
                .append('/')
                .append(id);
        if (title != null) {
            link.append(" \"");
            appendTitle(link, title);
            link.append('"');
        }
        out.link(link.append(')').toString(), style);
    }

    /** A link to an address; an autolink where label and address are the same. */
    static void link(Inlines out, String url, String label, int style) {
        if (url.isBlank()) {
            out.text(label, style);
        } else if (label.equals(url) && isAutolink(url)) {
            out.link("<" + url + ">", style);
        } else {
            out.link(markup(url, label), style);
        }
    }

    static String markup(String url, String label) {
        StringBuilder link = new StringBuilder(label.length() + url.length() + 8);
        appendLabel(link, label).append("](");
        appendDestination(link, url);
        return link.append(')').toString();
    }

    /** The address of a link whose label is already canonical markup. */
    static void appendDestination(StringBuilder out, String url) {
        boolean encodeParentheses = !hasSimpleParentheses(url);
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c <= ' ' || c == 127 || "<>\\\"'".indexOf(c) >= 0 || encodeParentheses && (c == '(' || c == ')')) {
                out.append('%').append(hex(c >> 4)).append(hex(c & 15));
            } else if (c == '&') {
                out.append(isReferenceAt(url, i) ? "&amp;" : "&");
            } else {
                out.append(c);
            }
        }
    }

    private static StringBuilder appendLabel(StringBuilder out, String label) {
        String oneLine = label.replace('\n', ' ').strip();
        PlainText.append(out.append('['), oneLine, false, false);
        return out;
    }

    private static void appendTitle(StringBuilder out, String title) {
        for (int i = 0; i < title.length(); i++) {
            char c = title.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '&' && isReferenceAt(title, i)) {
                out.append("&amp;");
            } else {
                out.append(c < ' ' ? ' ' : c);
            }
        }
    }

    private static boolean isReferenceAt(String text, int ampersand) {
        int i = ampersand + 1;
        while (i < text.length() && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '#')) {
            i++;
        }
        return i > ampersand + 1 && i < text.length() && text.charAt(i) == ';';
    }

    private static boolean hasSimpleParentheses(String url) {
        boolean open = false;
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == '(' || c == ')') {
                if (open == (c == '(')) {
                    return false;
                }
                open = !open;
            }
        }
        return !open;
    }

    /** CommonMark autolinks; Mattermost wants a slash after the colon, too. */
    private static boolean isAutolink(String url) {
        int colon = url.indexOf(":/");
        if (colon < 2 || colon > 32 || !isAsciiLetter(url.charAt(0))) {
            return false;
        }
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            boolean inScheme = isAsciiLetter(c) || c >= '0' && c <= '9' || c == '+' || c == '.' || c == '-';
            if (c <= ' ' || c == '<' || c == '>' || c == 127 || i < colon && !inScheme) {
                return false;
            }
        }
        return true;
    }

    private static boolean isId(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!isAsciiLetter(c) && !(c >= '0' && c <= '9') && "-_./".indexOf(c) < 0) {
                return false;
            }
        }
        return !id.isEmpty();
    }

    private static boolean isAsciiLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static char hex(int digit) {
        return "0123456789ABCDEF".charAt(digit);
    }
}
