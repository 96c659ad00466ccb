package dev.caravan.transport.http;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTest {

    // 1994-11-06 was a Sunday: the date of the examples in RFC 9110.
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:07Z");

    @ParameterizedTest
    @CsvSource({"0, 0", "30, 30000", "' 7 ', 7000", "1.5, 1500", "0.0001, 1", "3600, 3600000", "007, 7000"})
    void seconds(String value, long millis) {
        assertThat(parse(value)).contains(new RetryAfter(Duration.ofMillis(millis), Duration.ofMillis(millis)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void a_date(String date) {
        assertThat(parse(date).map(RetryAfter::delay)).contains(Duration.ofSeconds(30));
    }

    @Test
    void a_date_with_two_digits_for_the_year_is_of_this_century() {
        var headers = headers("Retry-After", "Thursday, 28-Jan-27 12:00:30 GMT");
        assertThat(RetryAfter.parse(headers, Instant.parse("2027-01-28T12:00:00Z"))
                        .map(RetryAfter::delay))
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void a_date_is_measured_by_the_clock_of_the_server_that_gives_it() {
        var headers = HttpHeaders.of(
                Map.of(
                        "Retry-After", List.of("Sun, 06 Nov 1994 08:49:37 GMT"),
                        "Date", List.of("Sun, 06 Nov 1994 08:49:27 GMT")),
                (name, value) -> true);
        assertThat(RetryAfter.parse(headers, NOW.plus(Duration.ofDays(3))).map(RetryAfter::delay))
                .contains(Duration.ofSeconds(10));
    }

    @Test
    void a_date_that_has_passed_means_at_once() {
        assertThat(parse("Sun, 06 Nov 1994 08:00:00 GMT").map(RetryAfter::delay))
                .contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "", "soon", "1e9", "NaN", "0x10", "1,5", "Sun, 36 Nov 1994 08:49:37 GMT", "٣"})
    void what_is_negative_or_neither_number_nor_date_says_nothing(String value) {
        assertThat(parse(value)).isEmpty();
    }

    @Test
    void absent_says_nothing() {
        assertThat(RetryAfter.parse(HttpHeaders.of(Map.of(), (name, value) -> true), NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3601", "1000000000", "99999999999999999999999999999999", "Sun, 06 Nov 2044 08:49:37 GMT"})
    void more_than_an_hour_is_an_hour_and_that_is_told(String value) {
        var asked = parse(value).orElseThrow();
        assertThat(asked.delay()).isEqualTo(Duration.ofHours(1));
        assertThat(asked.cut()).isTrue();
        assertThat(parse("3600").orElseThrow().cut()).isFalse();
    }

    @Test
    void of_several_the_longest_counts() {
        var headers = HttpHeaders.of(Map.of("Retry-After", List.of("5", "nonsense", "20")), (name, value) -> true);
        assertThat(RetryAfter.parse(headers, NOW).map(RetryAfter::delay)).contains(Duration.ofSeconds(20));
    }

    @Property
    void whatever_the_server_says_the_delay_is_between_nothing_and_an_hour(@ForAll String value) {
        RetryAfter.parse(headers("Retry-After", value), NOW)
                .map(RetryAfter::delay)
                .ifPresent(delay -> assertThat(delay).isBetween(Duration.ZERO, RetryAfter.LONGEST));
    }

    private static java.util.Optional<RetryAfter> parse(String value) {
        return RetryAfter.parse(headers("Retry-After", value), NOW);
    }

    private static HttpHeaders headers(String name, String value) {
        return HttpHeaders.of(Map.of(name, List.of(value)), (n, v) -> true);
    }
}
