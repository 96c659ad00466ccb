package dev.caravan.transform.text;

import java.util.Comparator;
import java.util.List;

import dev.caravan.model.Sha256;

/** Emoji names of Slack ({@code +1::skin-tone-3}) and Mattermost ({@code +1_medium_light_skin_tone}). */
public final class EmojiNames {
    /** The longest name Mattermost takes, in bytes; its names are ASCII. */
    static final int MAX_LENGTH = 64;

    private static final String SLACK_TONE = "::skin-tone-";
    private static final int FIRST_TONE = 2;
    /** By Slack's number, from 2: Fitzpatrick types as Unicode names them. */
    private static final List<String> TONES = List.of(
            "_light_skin_tone",
            "_medium_light_skin_tone",
            "_medium_skin_tone",
            "_medium_dark_skin_tone",
            "_dark_skin_tone");

    private static final int HASH_CHARS = 8;

    private EmojiNames() {}

    /** Mattermost's name for a Slack name; characters it does not allow are replaced, and a hash keeps the name unique. */
    public static String toMattermost(String slackName) {
        int tone = slackName.lastIndexOf(SLACK_TONE);
        boolean toned = tone > 0 && isTone(slackName, tone) && slackName.length() == tone + SLACK_TONE.length() + 1;
        String suffix = toned ? toneAt(slackName, tone) : "";
        String base = toned ? slackName.substring(0, tone) : slackName;
        return allowed(base, MAX_LENGTH - suffix.length()) + suffix;
    }

    /** A name of Mattermost's, less the skin tone at its end. */
    public static String withoutTone(String name) {
        return TONES.stream()
                .filter(name::endsWith)
                .max(Comparator.comparingInt(String::length))
                .map(tone -> name.substring(0, name.length() - tone.length()))
                .orElse(name);
    }

    private static String allowed(String name, int maxLength) {
        StringBuilder clean = new StringBuilder(name.length());
        boolean changed = name.isEmpty() || name.length() > maxLength;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean ok = c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '_');
            changed |= !ok;
            if (ok) {
                clean.append(c);
            }
        }
        if (!changed) {
            return name;
        }
        String stem = clean.length() == 0 ? "emoji" : clean.toString();
        int room = maxLength - HASH_CHARS - 1;
        return stem.substring(0, Math.min(stem.length(), room)) + "_" + Sha256.hex(name, HASH_CHARS);
    }

    /** The end of the emoji name whose opening colon stands at the index, or -1 if no name and colon follow. */
    static int nameEnd(String text, int colon) {
        int i = colon + 1;
        while (i < text.length() && isNameChar(text.charAt(i))) {
            i++;
        }
        return i > colon + 1 && i < text.length() && text.charAt(i) == ':' ? i : -1;
    }

    /** Where Slack's form of an emoji with skin tone ends, given the end of its name; -1 if no tone follows. */
    static int tonedEnd(String text, int nameEnd) {
        int end = nameEnd + SLACK_TONE.length() + 2;
        boolean toned = end <= text.length() && isTone(text, nameEnd) && text.charAt(end - 1) == ':';
        return toned ? end : -1;
    }

    /** Mattermost's name of the emoji with skin tone whose name ends at the index. */
    static String joined(String text, int colon, int nameEnd) {
        return text.substring(colon + 1, nameEnd) + toneAt(text, nameEnd);
    }

    /** Slack's name for a Mattermost name; the same if it has no skin tone. */
    public static String split(String mattermostName) {
        int longest = -1;
        for (int i = 0; i < TONES.size(); i++) {
            String tone = TONES.get(i);
            boolean fits = mattermostName.endsWith(tone) && mattermostName.length() > tone.length();
            if (fits && (longest < 0 || tone.length() > TONES.get(longest).length())) {
                longest = i;
            }
        }
        if (longest >= 0) {
            int base = mattermostName.length() - TONES.get(longest).length();
            return mattermostName.substring(0, base) + SLACK_TONE + (longest + FIRST_TONE);
        }
        return mattermostName;
    }

    private static boolean isTone(String text, int at) {
        int digit = at + SLACK_TONE.length();
        return text.startsWith(SLACK_TONE, at)
                && digit < text.length()
                && text.charAt(digit) >= '0' + FIRST_TONE
                && text.charAt(digit) < '0' + FIRST_TONE + TONES.size();
    }

    private static String toneAt(String text, int at) {
        return TONES.get(text.charAt(at + SLACK_TONE.length()) - '0' - FIRST_TONE);
    }

    private static boolean isNameChar(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "_+-'".indexOf(c) >= 0);
    }
}
