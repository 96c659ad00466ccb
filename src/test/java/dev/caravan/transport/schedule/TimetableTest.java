package dev.caravan.transport.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

import dev.caravan.model.Problem;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a table allows when, and when that changes. */
class TimetableTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** Went from 00:01 back to 23:01 of the day before, up to 2011. */
    private static final ZoneId NEWFOUNDLAND = ZoneId.of("America/St_Johns");

    private static final String WEEK = "mon-fri 08:00-18:00 60%, sat-sun 80%, * 90%";
    private static final String EXCEPTIONS = "2027-01-28..02-05 stop, 2027-03-01 30%";

    @ParameterizedTest
    @CsvSource({
        "2027-01-25T07:59:59, 0.9",
        "2027-01-25T08:00:00, 0.6",
        "2027-01-25T17:59:59, 0.6",
        "2027-01-25T18:00:00, 0.9",
        "2027-01-30T12:00:00, 0.0",
        "2027-01-23T12:00:00, 0.8",
        "2027-01-27T23:59:59, 0.9",
        "2027-01-28T00:00:00, 0.0",
        "2027-02-05T23:59:59, 0.0",
        "2027-02-06T00:00:00, 0.8",
        "2027-03-01T10:00:00, 0.3",
    })
    void the_first_piece_that_fits_counts_and_exceptions_come_before_the_week(String local, double share) {
        assertThat(Timetable.parse(WEEK, EXCEPTIONS, SHANGHAI).share(at(local, SHANGHAI)))
                .isEqualTo(share);
    }

    @Test
    void without_a_table_everything_is_always_allowed() {
        var always = Timetable.parse("", " ", SHANGHAI);
        assertThat(always.share(Instant.EPOCH)).isEqualTo(1);
        assertThat(always.nextChange(Instant.EPOCH)).isEmpty();
        assertThat(always.finish(Instant.EPOCH, Duration.ofHours(5))).contains(Instant.parse("1970-01-01T05:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "2027-01-29T21:59, 0.1",
        "2027-01-29T22:00, 0.9",
        "2027-01-30T05:59, 0.9",
        "2027-01-30T06:00, 0.1",
        "2027-01-30T22:00, 0.1",
        "2027-01-25T05:59, 0.1",
    })
    void hours_over_midnight_belong_to_the_day_on_which_they_begin(String local, double share) {
        assertThat(Timetable.parse("mon-fri 22:00-06:00 90%, * 10%", "", SHANGHAI)
                        .share(at(local, SHANGHAI)))
                .isEqualTo(share);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-23T12:00, 1",
        "2026-12-24T12:00, 0",
        "2027-01-06T12:00, 0",
        "2027-01-07T12:00, 1",
        "2027-12-24T12:00, 1",
    })
    void an_exception_may_reach_into_the_next_year(String local, double share) {
        assertThat(Timetable.parse("", "2026-12-24..01-06: stop", BERLIN).share(at(local, BERLIN)))
                .isEqualTo(share);
        assertThat(Timetable.parse("", "2026-12-24..2027-01-06 stop", BERLIN).share(at(local, BERLIN)))
                .isEqualTo(share);
    }

    @Test
    void the_29th_of_february_is_that_of_the_year_in_which_the_exception_ends() {
        assertThat(Timetable.parse("", "2027-12-01..02-29 stop", BERLIN).nextChange(at("2028-01-01T00:00", BERLIN)))
                .contains(at("2028-03-01T00:00", BERLIN));
    }

    @ParameterizedTest
    @CsvSource({"2027-03-01T23:00, 0.2", "2027-03-02T01:59, 0.2", "2027-03-02T02:00, 1", "2027-03-01T21:59, 1"})
    void an_exception_may_have_hours(String local, double share) {
        assertThat(Timetable.parse("", "2027-03-01 22:00-02:00 20%", BERLIN).share(at(local, BERLIN)))
                .isEqualTo(share);
    }

    @ParameterizedTest
    @CsvSource({
        // Saturday into Monday: one piece over the end of the week, days written out, as people do.
        "'Sat-Mon 10%, TUESDAY-fri 00:00-24:00 20.5%', 2027-01-31T12:00, 0.1",
        "'Sat-Mon 10%, TUESDAY-fri 00:00-24:00 20.5%', 2027-02-01T12:00, 0.1",
        "'Sat-Mon 10%, TUESDAY-fri 00:00-24:00 20.5%', 2027-02-02T12:00, 0.205",
        "'* 8:00-9:00 0%,  * 100% , ', 2027-02-02T08:30, 0",
    })
    void people_may_write_it_their_way(String week, String local, double share) {
        assertThat(Timetable.parse(week, "", BERLIN).share(at(local, BERLIN))).isEqualTo(share);
    }

    @Test
    void hours_the_clock_skips_do_not_happen_and_those_it_is_in_begin_when_it_jumps() {
        var table = Timetable.parse("* 02:30-04:00 stop, * 100%", "", BERLIN);
        // 2027-03-28: the clock goes from 02:00 to 03:00.
        var jump = Instant.parse("2027-03-28T01:00:00Z");
        assertThat(table.nextChange(jump.minusSeconds(1800))).contains(jump);
        assertThat(table.nextChange(jump)).contains(Instant.parse("2027-03-28T02:00:00Z"));
        var swallowed = Timetable.parse("* 02:15-02:45 stop, * 100%", "", BERLIN);
        assertThat(swallowed.nextChange(jump.minusSeconds(1800))).contains(Instant.parse("2027-03-29T00:15:00Z"));
    }

    @Test
    void hours_the_clock_shows_twice_happen_twice() {
        var table = Timetable.parse("* 01:00-02:30 stop, * 100%", "", BERLIN);
        // 2027-10-31: at 03:00 (01:00 UTC) the clock goes back to 02:00.
        assertThat(changes(table, Instant.parse("2027-10-30T22:00:00Z"), 4))
                .containsExactly(
                        Instant.parse("2027-10-30T23:00:00Z"),
                        Instant.parse("2027-10-31T00:30:00Z"),
                        Instant.parse("2027-10-31T01:00:00Z"),
                        Instant.parse("2027-10-31T01:30:00Z"));
    }

    @Test
    void a_clock_that_goes_back_over_midnight_mixes_up_nothing() {
        var table = Timetable.parse("sat 23:30-24:00 10%, sun 20%, * 30%", "", NEWFOUNDLAND);
        // 2010-11-07 00:01 (02:31 UTC) the clock went back to 23:01 of the 6th, a Saturday.
        assertThat(changes(table, Instant.parse("2010-11-07T01:30:00Z"), 5))
                .containsExactly(
                        Instant.parse("2010-11-07T02:00:00Z"),
                        Instant.parse("2010-11-07T02:30:00Z"),
                        Instant.parse("2010-11-07T02:31:00Z"),
                        Instant.parse("2010-11-07T03:00:00Z"),
                        Instant.parse("2010-11-07T03:30:00Z"));
    }

    @Test
    void an_exception_far_away_is_the_next_change() {
        var table = Timetable.parse("", "2031-05-01..2031-05-09 stop, 2040-01-01 50%", SHANGHAI);
        assertThat(changes(table, Instant.parse("2027-01-01T00:00:00Z"), 4))
                .containsExactly(
                        Instant.parse("2031-04-30T16:00:00Z"),
                        Instant.parse("2031-05-09T16:00:00Z"),
                        Instant.parse("2039-12-31T16:00:00Z"),
                        Instant.parse("2040-01-01T16:00:00Z"));
    }

    @Test
    void after_a_long_exception_the_next_change_may_come_late_in_the_week() {
        var table = Timetable.parse("sun stop, * 50%", "2027-01-01..2027-06-30 50%", SHANGHAI);
        assertThat(table.nextChange(at("2027-01-10T00:00", SHANGHAI))).contains(at("2027-07-04T00:00", SHANGHAI));
    }

    @Test
    void work_ends_when_its_share_of_the_time_has_passed() {
        var table = Timetable.parse("mon-fri 08:00-18:00 stop, * 50%", "", SHANGHAI);
        // Friday 17:00: an hour of nothing, then half of the time: 20 h of work take 40 h.
        assertThat(table.finish(at("2027-01-29T17:00", SHANGHAI), Duration.ofHours(20)))
                .contains(at("2027-01-31T10:00", SHANGHAI));
        assertThat(table.finish(at("2027-01-29T17:00", SHANGHAI), Duration.ZERO))
                .contains(at("2027-01-29T17:00", SHANGHAI));
    }

    @Test
    void work_that_is_never_done_is_told() {
        var start = at("2027-01-29T17:00", SHANGHAI);
        assertThat(Timetable.parse("* stop", "", SHANGHAI).finish(start, Duration.ofNanos(1)))
                .isEmpty();
        assertThat(Timetable.parse("mon 08:00-08:01 1%, * stop", "", SHANGHAI).finish(start, Duration.ofHours(9)))
                .isEmpty();
        assertThat(Timetable.parse("", "", SHANGHAI).finish(start, Duration.ofSeconds(Long.MAX_VALUE)))
                .isEmpty();
    }

    @Property(tries = 60)
    void nothing_changes_before_the_next_change_and_something_does_at_it(
            @ForAll("tables") Timetable table, @ForAll @IntRange(max = 525_600) int minute) {
        var start = Instant.parse("2010-06-01T00:00:00Z").plus(Duration.ofMinutes(minute));
        var share = table.share(start);
        var change = table.nextChange(start);
        change.ifPresent(at -> {
            assertThat(at).isAfter(start);
            assertThat(table.share(at)).isNotEqualTo(share);
        });
        // Minutes of a month: more than any week and any jump of the clock.
        var end = change.orElse(start.plus(Duration.ofDays(30)));
        for (var time = start.plusSeconds(60); time.isBefore(end); time = time.plusSeconds(60)) {
            assertThat(table.share(time)).isEqualTo(share);
        }
    }

    @Property(tries = 40)
    void the_forecast_agrees_with_adding_up_minutes(
            @ForAll("tables") Timetable table,
            @ForAll @IntRange(max = 525_600) int minute,
            @ForAll @IntRange(min = 1, max = 20_000) int minutes) {
        var start = Instant.parse("2010-06-01T00:00:00Z").plus(Duration.ofMinutes(minute));
        table.finish(start, Duration.ofMinutes(minutes)).ifPresent(finish -> {
            var done = 0.0;
            for (var time = start; time.isBefore(finish); time = time.plusSeconds(60)) {
                var slice = Math.min(60, Duration.between(time, finish).toMillis() / 1000.0);
                done += table.share(time) * slice / 60;
            }
            assertThat(done).isBetween(minutes - 0.001, minutes + 0.001);
        });
    }

    @Provide
    Arbitrary<Timetable> tables() {
        var days = Arbitraries.of("*", "mon", "mon-fri", "sat-sun", "fri-mon", "sun");
        var hours = Arbitraries.of(
                "", "08:00-18:00", "22:00-06:00", "00:00-01:00", "23:30-24:00", "02:30-03:30", "01:59-02:01");
        var share = Arbitraries.of("stop", "10%", "60%", "100%");
        var piece = Combinators.combine(days, hours, share).as((d, h, s) -> d + " " + h + " " + s);
        var dates = Arbitraries.of("2010-11-06..11-08", "2010-12-24..01-06", "2011-03-13", "2010-07-01..2011-02-28");
        var exception = Combinators.combine(dates, hours, share).as((d, h, s) -> d + " " + h + " " + s);
        var zones = Arbitraries.of(SHANGHAI, BERLIN, NEWFOUNDLAND, ZoneId.of("UTC"), ZoneId.of("Australia/Lord_Howe"));
        return Combinators.combine(piece.list().ofMaxSize(4), exception.list().ofMaxSize(3), zones)
                .as((week, exceptions, zone) -> table(week, String.join(",", exceptions), zone));
    }

    /** Without the pieces that never come to pass, and with one for the rest of the week. */
    private static Timetable table(List<String> week, String exceptions, ZoneId zone) {
        var text = "";
        for (var piece : week) {
            if (isTable(text + piece + ", * 33%")) {
                text += piece + ", ";
            }
        }
        return Timetable.parse(text + "* 33%", exceptions, zone);
    }

    private static boolean isTable(String week) {
        try {
            Timetable.parse(week, "", SHANGHAI);
            return true;
        } catch (Problem shadowed) {
            return false;
        }
    }

    private static List<Instant> changes(Timetable table, Instant from, int count) {
        return Stream.iterate(table.nextChange(from).orElseThrow(), time -> table.nextChange(time)
                        .orElseThrow())
                .limit(count)
                .toList();
    }

    private static Instant at(String local, ZoneId zone) {
        return LocalDateTime.parse(local).atZone(zone).toInstant();
    }
}
