package dev.caravan.transform.text;

/**
 * Parses Slack's mrkdwn: blocks first (fences, quotes, paragraphs), then each line's inline markup by recursive descent.
 * Time is linear in the length of the text, whatever it holds.
 */
final class Mrkdwn {
    private static final String FENCE = "```";
    private static final String ESCAPED_QUOTE = "&gt;";

    private final String text;
    private final Blocks blocks = new Blocks();
    private Inlines paragraph = new Inlines();

    private Mrkdwn(String text) {
        this.text = text;
    }

    static String toCanonical(String mrkdwn) {
        String text =
                mrkdwn.indexOf('\r') < 0 ? mrkdwn : mrkdwn.replace("\r\n", "\n").replace('\r', '\n');
        return new Mrkdwn(text).parse(true);
    }

    /** Appends inline markup to a paragraph that may go on. */
    static void inline(Inlines out, String mrkdwn) {
        String text = mrkdwn.replace('\r', '\n');
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            new MrkdwnLine(text, out).parse(from, end, 0);
            out.text("\n", 0);
            from = end + 1;
        }
        new MrkdwnLine(text, out).parse(from, text.length(), 0);
    }

    private String parse(boolean quotesAllowed) {
        int fence = text.indexOf(FENCE);
        int i = 0;
        int end = -1;
        while (i < text.length()) {
            end = end < i ? lineEnd(i) : end;
            int marker = quotesAllowed ? quoteMarker(i) : 0;
            if (marker > 0) {
                i = quote(i, marker);
            } else {
                if (fence >= 0 && fence < i) {
                    fence = text.indexOf(FENCE, i);
                }
                int close = fence >= 0 && fence < end ? text.indexOf(FENCE, fence + FENCE.length()) : -1;
                if (fence >= 0 && fence < end && close < 0) {
                    fence = -1;
                }
                i = close >= 0 ? code(i, fence, close) : line(i, end);
            }
        }
        flush();
        return blocks.toString();
    }

    private int line(int from, int end) {
        new MrkdwnLine(text, paragraph).parse(from, end, 0);
        if (end < text.length()) {
            paragraph.text("\n", 0);
        }
        return end + 1;
    }

    private int code(int lineStart, int open, int close) {
        new MrkdwnLine(text, paragraph).parse(lineStart, open, 0);
        flush();
        String code = MrkdwnLine.literal(text, open + FENCE.length(), close);
        int from = code.startsWith("\n") ? 1 : 0;
        int to = code.endsWith("\n") && code.length() > from ? code.length() - 1 : code.length();
        blocks.fence(code.substring(from, to), "");
        int next = close + FENCE.length();
        return next < text.length() && text.charAt(next) == '\n' ? next + 1 : next;
    }

    /** Lines that begin with the marker; after a threefold marker everything that follows. */
    private int quote(int from, int marker) {
        flush();
        StringBuilder content = new StringBuilder();
        int i = from;
        boolean toTheEnd = false;
        for (int length = marker; i < text.length() && length > 0; length = i < text.length() ? quoteMarker(i) : 0) {
            int second = i + length;
            int third = second + markerAt(second);
            toTheEnd = third > second && markerAt(third) > 0;
            int start = toTheEnd ? third + markerAt(third) : second;
            int end = toTheEnd ? text.length() : lineEnd(i);
            content.append(text, skipSpace(start, end), end).append('\n');
            i = end + 1;
        }
        blocks.quote(new Mrkdwn(content.toString()).parse(false));
        return i;
    }

    private int skipSpace(int start, int end) {
        return start < end && text.charAt(start) == ' ' ? start + 1 : start;
    }

    private int quoteMarker(int i) {
        return markerAt(i);
    }

    private int markerAt(int i) {
        if (i < text.length() && text.charAt(i) == '>') {
            return 1;
        }
        return text.startsWith(ESCAPED_QUOTE, i) ? ESCAPED_QUOTE.length() : 0;
    }

    private int lineEnd(int i) {
        int end = text.indexOf('\n', i);
        return end < 0 ? text.length() : end;
    }

    private void flush() {
        if (!paragraph.isEmpty()) {
            blocks.add(paragraph.render());
            paragraph = new Inlines();
        }
    }
}
