package dev.caravan.transform.text;

import java.util.Locale;
import java.util.function.Predicate;

/**
 * Where Mattermost's web application sees a mention: {@code (?:\B|\b_+)@([a-z0-9.\-_]+)} and {@code \B~([a-z0-9.\-_]*)},
 * both without regard to case; trailing punctuation is given up until the rest is a name that exists.
 */
final class MattermostNames {
    private MattermostNames() {}

    /** The end of the known name that begins at the index; the index itself if none does. */
    static int end(CharSequence text, int from, Predicate<String> isKnown) {
        int end = from;
        while (end < text.length() && isNameChar(text.charAt(end))) {
            end++;
        }
        while (end > from) {
            if (isKnown.test(text.subSequence(from, end).toString().toLowerCase(Locale.ROOT))) {
                return end;
            }
            if (isWordChar(text.charAt(end - 1))) {
                return from;
            }
            end--;
        }
        return from;
    }

    /** Whether a sign that stands at the index, behind this text, can begin a mention. */
    static boolean canStart(CharSequence text, int sign) {
        int i = sign;
        while (i > 0 && text.charAt(i - 1) == '_') {
            i--;
        }
        return i == 0 || !isWordChar(text.charAt(i - 1));
    }

    /** The reserved group a name stands for, or null. */
    static String reservedGroup(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "here" -> "here";
            case "channel" -> "channel";
            case "all" -> "everyone";
            default -> null;
        };
    }

    /** Whether a mention before the index would be read together with what stands there. */
    static boolean continues(String text, int from) {
        int i = from;
        while (i < text.length() && (isNameChar(text.charAt(i)) || text.charAt(i) == '\\')) {
            if (isWordChar(text.charAt(i))
                    || text.charAt(i) == '\\' && i + 1 < text.length() && isNameChar(text.charAt(i + 1))) {
                return true;
            }
            i++;
        }
        return false;
    }

    /** Whether a mention behind this character would be read together with it. */
    static boolean touches(char before) {
        return isWordChar(before) || before == '_' || before == '~' || before == '@';
    }

    private static boolean isNameChar(char c) {
        return isWordChar(c) || c == '.' || c == '-' || c == '_';
    }

    private static boolean isWordChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
