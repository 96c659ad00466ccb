package dev.caravan.connector.mattermost;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Emoji names as Mattermost takes them ({@link MattermostRule#EMOJI_NAME}). */
final class EmojiNames {

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9+_-]{1,64}");
    private static final Pattern TONE = Pattern.compile("(.+?)::skin-tone-([2-6]):?");
    private static final Pattern FORBIDDEN = Pattern.compile("[^A-Za-z0-9+_-]+");

    /** In the order of the modifiers of Unicode, of which the first is called 2. */
    private static final List<String> TONES = List.of("light", "medium_light", "medium", "medium_dark", "dark");

    private EmojiNames() {}

    /** A function of the name alone: a custom emoji and the reactions with it stay together. */
    static String of(String name) {
        if (VALID.matcher(name).matches()) {
            return name;
        }
        Matcher tone = TONE.matcher(name);
        if (tone.matches()) {
            return of(tone.group(1)) + "_" + TONES.get(tone.group(2).charAt(0) - '2') + "_skin_tone";
        }
        String safe = FORBIDDEN.matcher(name).replaceAll("_");
        String kept = safe.substring(0, Math.min(safe.length(), 64 - 9));
        return (kept.chars().allMatch(c -> c == '_') ? "emoji" : kept) + "_" + Digests.hash8(name);
    }
}
