package dev.caravan.connector.slack;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Slack's times. A {@code ts} is seconds with six decimals, as a string; it names the message within its conversation
 * (https://api.slack.com/methods/conversations.history). Exports also hold numbers, and milliseconds.
 */
final class SlackTimes {

    static final long NONE = -1;
    static final long SECOND = 1_000_000;

    /** Up to the year 5138 as seconds; above it the number can only be milliseconds. */
    private static final long MOST_SECONDS = 100_000_000_000L;

    private static final long MOST_MILLIS = MOST_SECONDS * 1_000;
    private static final int STANDARD_LENGTH = 17;
    private static final int STANDARD_DOT = 10;
    private static final int LONGEST = 40;

    private SlackTimes() {}

    /** Microseconds since 1970 of a time in s, ms or us, as a string or a number; {@link #NONE} when it is none. */
    static long micros(JsonNode time) {
        if (time == null) {
            return NONE;
        }
        if (time.isTextual()) {
            var text = time.textValue();
            return isStandard(text) ? standardMicros(text) : micros(text.strip());
        }
        return time.isNumber() ? micros(time.asText()) : NONE;
    }

    private static long micros(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return NONE;
        }
        try {
            var number = new BigDecimal(text);
            // A huge exponent would be written out in full below.
            if (number.precision() - number.scale() > STANDARD_LENGTH || number.scale() > LONGEST) {
                return NONE;
            }
            if (number.signum() <= 0) {
                return NONE;
            }
            long whole = number.longValue();
            int shift = whole < MOST_SECONDS ? 6 : whole < MOST_MILLIS ? 3 : 0;
            return number.movePointRight(shift)
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            return NONE;
        }
    }

    /** The ts as Slack writes it, from whatever {@link #micros} understands; null when it is none. */
    static String ts(JsonNode time) {
        if (time != null && time.isTextual() && isStandard(time.textValue())) {
            return time.textValue();
        }
        long micros = micros(time);
        return micros == NONE ? null : String.format(Locale.ROOT, "%d.%06d", micros / SECOND, micros % SECOND);
    }

    private static boolean isStandard(String text) {
        if (text.length() != STANDARD_LENGTH || text.charAt(STANDARD_DOT) != '.' || text.charAt(0) == '0') {
            return false;
        }
        for (int i = 0; i < STANDARD_LENGTH; i++) {
            char c = text.charAt(i);
            if (i != STANDARD_DOT && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static long standardMicros(String text) {
        long micros = 0;
        for (int i = 0; i < STANDARD_LENGTH; i++) {
            if (i != STANDARD_DOT) {
                micros = micros * 10 + (text.charAt(i) - '0');
            }
        }
        return micros;
    }
}
