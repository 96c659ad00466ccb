package dev.caravan.model;

import java.util.Locale;

/** What moves by itself. Parts (reaction, file, pin, edit) travel inside a message and are only counted apart. */
public enum Kind {
    USER,
    CHANNEL,
    MEMBERSHIP,
    EMOJI,
    MESSAGE;

    /** The word used in mappings, settings, counts and reports: {@code message}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Kind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
