package dev.caravan.migration.notify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.caravan.model.Words;

/**
 * Something people are to know.
 *
 * @param causes what is not told again too soon; at least one
 * @param run its number; 0 of a test
 * @param once whether it is told once and for all, however much time has passed
 */
record Notice(Event event, List<String> causes, int run, boolean once, Text title, List<Text> lines) {

    /** All robots take as many characters, in Chinese too: WeCom 4096 bytes, the least of them. */
    private static final int MOST_CHARACTERS = 1100;

    private static final int MOST_IN_LINE = 400;

    enum Event {
        PHASE,
        HALT,
        FAILURE,
        DEAD_LETTERS,
        RESULT,
        TEST;

        /** As templates and the generic webhook know it. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What a template sees as {@code notice}.
     *
     * @param event phase, halt, failure, dead-letters, result or test
     * @param migration its name for people
     * @param run its number; 0 of a test
     * @param time of the event, as ISO 8601 in UTC
     */
    public record Said(
            String event, String migration, int run, String time, String language, String title, List<String> lines) {}

    Said in(Words words, String migration, Instant now) {
        var said = new ArrayList<String>();
        int left = MOST_CHARACTERS;
        for (Text line : lines) {
            var text = cut(line.in(words), Math.min(left, MOST_IN_LINE));
            if (!text.isEmpty()) {
                said.add(text);
            }
            left -= text.length();
        }
        var language = words.locale().getLanguage();
        return new Said(
                event.word(),
                migration,
                run,
                now.toString(),
                language,
                cut(title.in(words), MOST_IN_LINE),
                List.copyOf(said));
    }

    private static String cut(String text, int most) {
        var line = text.strip().replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        if (line.length() <= most) {
            return line;
        }
        var end = Math.max(0, most - 1);
        var whole = end > 0 && Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end;
        return whole == 0 ? "" : line.substring(0, whole) + "…";
    }
}
