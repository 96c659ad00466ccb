package dev.caravan.migration.letters;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterState;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;

/**
 * Which dead letters, as people write it; what is null or blank means any.
 *
 * @param from first day of the records at the source: 2024-03-04
 * @param to first day no longer meant
 */
public record LetterWords(
        String cause,
        String subject,
        String stage,
        String kind,
        String state,
        String conversation,
        String from,
        String to) {

    /** @throws Problem CRV-587 for a kind or state that is none, 645 for a day that is none */
    public LetterFilter filter(ZoneId zone) {
        return new LetterFilter(
                orNull(cause),
                orNull(subject),
                orNull(stage),
                constant(Kind.class, kind),
                constant(LetterState.class, state),
                orNull(conversation),
                day(from, zone),
                day(to, zone));
    }

    private static String orNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        try {
            return orNull(word) == null ? null : Enum.valueOf(type, word.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException none) {
            throw new Problem("CRV-587", word);
        }
    }

    private static Long day(String day, ZoneId zone) {
        try {
            return orNull(day) == null
                    ? null
                    : TimeUnit.SECONDS.toMicros(
                            LocalDate.parse(day.strip()).atStartOfDay(zone).toEpochSecond());
        } catch (DateTimeParseException noDay) {
            throw new Problem("CRV-645", day);
        }
    }
}
