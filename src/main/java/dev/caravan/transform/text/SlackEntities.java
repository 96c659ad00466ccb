package dev.caravan.transform.text;

/** The three characters Slack escapes in text: {@code &amp;}, {@code &lt;} and {@code &gt;}. */
final class SlackEntities {
    private SlackEntities() {}

    static String decode(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int length = lengthAt(text, i);
            out.append(length == 0 ? text.charAt(i) : charAt(text, i));
            i += Math.max(length, 1);
        }
        return out.toString();
    }

    /** The length of the entity that begins at the index, 0 if none does. */
    static int lengthAt(String text, int i) {
        if (text.charAt(i) != '&') {
            return 0;
        }
        return text.startsWith("&amp;", i) ? 5 : text.startsWith("&lt;", i) || text.startsWith("&gt;", i) ? 4 : 0;
    }

    /** The character for which the entity beginning at the index stands. */
    static char charAt(String text, int i) {
        char second = text.charAt(i + 1);
        return second == 'a' ? '&' : second == 'l' ? '<' : '>';
    }
}
