package dev.caravan.connector.mattermost;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Stands in for {@code dev.caravan.transform.text} until that package is there: links only. */
final class MattermostText {

    private static final Pattern LINK =
            Pattern.compile("\\[([^\\]]*)\\]\\(caravan:((?:user|channel|group|message)/[^)\\s]+)\\)");

    private MattermostText() {}

    static String fromCommonMark(String text, Function<String, String> resolver) {
        if (!text.contains("caravan:")) {
            return text;
        }
        return LINK.matcher(text).replaceAll(link -> {
            String name = resolver.apply(link.group(2));
            return java.util.regex.Matcher.quoteReplacement(name == null ? link.group(1) : name);
        });
    }

    static List<String> split(String text, int maxRunes) {
        var pieces = new ArrayList<String>();
        int from = 0;
        while (text.codePointCount(from, text.length()) > maxRunes) {
            int to = text.offsetByCodePoints(from, maxRunes);
            int line = text.lastIndexOf('\n', to - 1) + 1;
            int end = line > from + (to - from) / 2 ? line : to;
            pieces.add(text.substring(from, end));
            from = end;
        }
        pieces.add(text.substring(from));
        return pieces;
    }
}
