package dev.caravan.transport.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a server asks for by {@code Retry-After} (RFC 9110, section 10.2.3): seconds or a date.
 *
 * @param delay how long to wait; never negative, at most {@link #LONGEST}
 * @param asked what the server asked for; longer than the delay when that had to be cut short
 */
public record RetryAfter(Duration delay, Duration asked) {

    /** No server is obeyed for longer without asking it again. */
    public static final Duration LONGEST = Duration.ofHours(1);

    // Some servers answer with fractions of a second, which the RFC does not know.
    private static final Pattern SECONDS = Pattern.compile("([0-9]+)(\\.[0-9]*)?");
    private static final int DIGITS_OF_A_CENTURY = 10;
    private static final Duration CENTURY = Duration.ofDays(36_525);

    // The three forms of a date that a recipient has to take: RFC 9110, section 5.6.7.
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    /** Whether the server asked for more than it gets. */
    public boolean cut() {
        return asked.compareTo(delay) > 0;
    }

    /**
     * A date is taken by the server's own clock where the reply tells it ({@code Date}), else by ours; one that has
     * passed means at once.
     *
     * @return empty when the header is absent, negative or neither number nor date; of several the longest
     */
    public static Optional<RetryAfter> parse(HttpHeaders headers, Instant now) {
        var serverNow = headers.firstValue("Date").flatMap(RetryAfter::date).orElse(now);
        return headers.allValues("Retry-After").stream()
                .map(String::strip)
                .flatMap(value ->
                        seconds(value).or(() -> date(value).map(date -> Duration.between(serverNow, date))).stream())
                .max(Duration::compareTo)
                .map(RetryAfter::within);
    }

    private static RetryAfter within(Duration asked) {
        var wait = asked.isNegative() ? Duration.ZERO : asked;
        return new RetryAfter(wait.compareTo(LONGEST) > 0 ? LONGEST : wait, wait);
    }

    private static Optional<Duration> seconds(String value) {
        var match = SECONDS.matcher(value);
        if (!match.matches()) {
            return Optional.empty();
        }
        var digits = match.group(1).replaceFirst("^0+(?=.)", "");
        if (digits.length() >= DIGITS_OF_A_CENTURY) {
            return Optional.of(CENTURY);
        }
        var fraction = match.group(2) == null ? 0 : Double.parseDouble("0" + match.group(2) + "0");
        return Optional.of(Duration.ofSeconds(Long.parseLong(digits)).plusMillis((long) Math.ceil(fraction * 1000)));
    }

    private static Optional<Instant> date(String value) {
        for (var form : DATES) {
            try {
                return Optional.of(Instant.from(form.parse(value)));
            } catch (DateTimeException anotherForm) {
                continue;
            }
        }
        return Optional.empty();
    }
}
