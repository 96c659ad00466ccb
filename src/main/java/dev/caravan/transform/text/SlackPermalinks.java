package dev.caravan.transform.text;

/** Addresses that Slack itself serves. */
public final class SlackPermalinks {
    private static final String HOST_END = ".slack.com/";
    private static final String ARCHIVES = ".slack.com/archives/";
    private static final int TS_DIGITS = 16;
    private static final int MICROSECOND_DIGITS = 6;

    private SlackPermalinks() {}

    /**
     * {@code <channel>/<ts>} of the message an address
     * {@code https://<workspace>.slack.com/archives/<channel>/p<16 digits>[?...]} points to, or null.
     */
    public static String messageId(String url) {
        int archives = url.indexOf(ARCHIVES);
        if (archives < 0
                || !url.startsWith("https://")
                || url.indexOf('/', "https://".length()) != archives + HOST_END.length() - 1) {
            return null;
        }
        int channel = archives + ARCHIVES.length();
        int slash = url.indexOf('/', channel);
        int digits = slash + 2;
        int end = digits + TS_DIGITS;
        if (slash <= channel || end > url.length() || url.charAt(slash + 1) != 'p') {
            return null;
        }
        for (int i = channel; i < end; i++) {
            char c = url.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            if (i >= digits && !isDigit || i < slash && !isDigit && !(c >= 'A' && c <= 'Z')) {
                return null;
            }
        }
        if (end < url.length() && "?#/".indexOf(url.charAt(end)) < 0) {
            return null;
        }
        int point = end - MICROSECOND_DIGITS;
        return url.substring(channel, slash) + "/" + url.substring(digits, point) + "." + url.substring(point, end);
    }

    /** The address without the access token that Slack puts into exported file addresses ({@code ?t=xoxe-...}). */
    static String withoutToken(String url) {
        int token = url.indexOf("t=xox");
        if (token < 1 || !url.contains(HOST_END) || "?&".indexOf(url.charAt(token - 1)) < 0) {
            return url;
        }
        int end = token;
        while (end < url.length() && "&#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        boolean moreFollows = end < url.length() && url.charAt(end) == '&';
        String head = url.substring(0, moreFollows ? token : token - 1);
        return head + url.substring(moreFollows ? end + 1 : end);
    }
}
