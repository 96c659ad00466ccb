package dev.caravan.transform.cleanse;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads a point in time out of whatever an export put there: a number or a string of digits in s, ms, us or ns since
 * 1970, told apart by size (each unit's values since 1990 and before the year 5138 lie in a range of their own), or ISO
 * 8601, where a time without an offset is UTC.
 */
final class Timestamps {

    private static final BigDecimal SECONDS_BELOW = BigDecimal.TEN.pow(11);
    private static final BigDecimal MILLIS_BELOW = BigDecimal.TEN.pow(14);
    private static final BigDecimal MICROS_BELOW = BigDecimal.TEN.pow(17);
    private static final BigDecimal NANOS_BELOW = BigDecimal.TEN.pow(20);
    private static final int LONGEST = 40;

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "+0000")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private Timestamps() {}

    /** Microseconds since 1970 UTC, rounded half up; empty when the node is no time in any of these forms. */
    static OptionalLong micros(JsonNode node) {
        if (node.isNumber()) {
            if (node.isFloatingPointNumber() && !node.isBigDecimal() && !Double.isFinite(node.doubleValue())) {
                return OptionalLong.empty();
            }
            return micros(node.decimalValue());
        }
        if (!node.isTextual()) {
            return OptionalLong.empty();
        }
        var text = node.textValue().strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            return OptionalLong.empty();
        }
        return number(text) ? micros(new BigDecimal(text)) : iso(text);
    }

    /** As Slack writes it: seconds, a point and six digits. */
    static String seconds(long micros) {
        return BigDecimal.valueOf(micros, 6).toPlainString();
    }

    static boolean isSeconds(String text) {
        if (text.length() != 17 || text.charAt(10) != '.') {
            return false;
        }
        for (int i = 0; i < 17; i++) {
            char c = text.charAt(i);
            if (i != 10 && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static OptionalLong micros(BigDecimal value) {
        // A scale of a million digits would take for ever to round.
        if (Math.abs((long) value.scale()) > LONGEST || value.precision() > LONGEST) {
            return OptionalLong.empty();
        }
        var size = value.abs();
        int shift;
        if (size.compareTo(SECONDS_BELOW) < 0) {
            shift = 6;
        } else if (size.compareTo(MILLIS_BELOW) < 0) {
            shift = 3;
        } else if (size.compareTo(MICROS_BELOW) < 0) {
            shift = 0;
        } else if (size.compareTo(NANOS_BELOW) < 0) {
            shift = -3;
        } else {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                value.movePointRight(shift).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    /** Digits with at most one point and a sign; no exponent, which stands in no export. */
    private static boolean number(String text) {
        int points = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.') {
                points++;
            } else if (c != '-' || i > 0) {
                return false;
            }
        }
        return digits > 0 && points <= 1;
    }

    private static OptionalLong iso(String text) {
        try {
            var parsed = ISO.parse(text);
            var instant = parsed.isSupported(ChronoField.OFFSET_SECONDS)
                    ? OffsetDateTime.from(parsed).toInstant()
                    : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
            return OptionalLong.of(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }
}
