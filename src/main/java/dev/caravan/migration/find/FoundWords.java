package dev.caravan.migration.find;

import java.time.Instant;
import java.time.format.DateTimeFormatter;

import dev.caravan.model.Words;

/** What was found, in words, for pages and commands. */
public final class FoundWords {

    private FoundWords() {}

    /** @param second how times are written */
    public static String where(Found.Where where, Words words, DateTimeFormatter second) {
        return words.say(
                "find.place." + where.word(),
                where.details().stream()
                        .map(detail -> detail instanceof Instant time ? second.format(time) : detail)
                        .toArray());
    }

    public static String looked(Answer.Looked looked, Words words) {
        return words.say("find.looked", looked.records(), looked.conversations(), looked.all());
    }
}
