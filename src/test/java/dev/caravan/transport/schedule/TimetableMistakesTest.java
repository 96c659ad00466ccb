package dev.caravan.transport.schedule;

import java.time.ZoneId;

import dev.caravan.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is wrong with a table is named as the operator wrote it. */
class TimetableMistakesTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @ParameterizedTest
    @CsvSource({
        "mon-fri, CRV-220, 'mon-fri'",
        "'* 90%, mon-fri 08:00 - 18:00 60%', CRV-220, 'mon-fri 08:00 - 18:00 60%'",
        "mo-fr 60%, CRV-221, '\"mo-fr 60%\": \"mo-fr\"'",
        "mon-wed-fri 60%, CRV-221, mon-wed-fri",
        "2027-01-01 60%, CRV-221, 2027-01-01",
        "mon-fri 8-18 60%, CRV-223, 8-18",
        "mon-fri 08:00-18:60 60%, CRV-223, 08:00-18:60",
        "mon-fri 08:00-24:01 60%, CRV-223, 08:00-24:01",
        "mon-fri 08:00-08:00 60%, CRV-223, 08:00-08:00",
        "mon-fri 60, CRV-224, '\"60\"'",
        "mon-fri 101%, CRV-224, '\"101%\"'",
        "mon-fri -5%, CRV-224, '\"-5%\"'",
        "mon-fri NaN%, CRV-224, '\"nan%\"'",
        "mon-fri 60%, CRV-225, sat 00:00",
        "'* 08:00-24:00 60%, sun-fri 00:00-08:00 stop', CRV-225, sat 00:00",
    })
    void a_mistake_in_the_week_is_named_with_an_example(String week, String code, String named) {
        assertThatThrownBy(() -> Timetable.parse(week, "", SHANGHAI))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith(code + " caravan.schedule.week")
                .hasMessageContaining(named)
                .hasMessageContaining("* ");
    }

    @Test
    void a_piece_that_never_comes_to_pass_is_a_mistake() {
        assertThatThrownBy(() -> Timetable.parse("* 90%, mon-fri 08:00-18:00 60%", "", SHANGHAI))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("CRV-226 caravan.schedule.week: \"mon-fri 08:00-18:00 60%\"");
    }

    @ParameterizedTest
    @CsvSource({
        "2027-01-28, CRV-220, 2027-01-28",
        "mon 60%, CRV-222, mon",
        "2027-02-29 stop, CRV-222, 2027-02-29",
        "2027-01-28..02-30 stop, CRV-222, 2027-01-28..02-30",
        "2027-01-28..2027-01-27 stop, CRV-222, 2027-01-28..2027-01-27",
        "2026-12-01..02-29 stop, CRV-222, 2026-12-01..02-29",
        "2027-01-28.. stop, CRV-222, 2027-01-28..",
        "28.1.2027 stop, CRV-222, 28.1.2027",
        "2027-01-28 25:00-26:00 stop, CRV-223, 25:00-26:00",
        "2027-01-28 half, CRV-224, half",
    })
    void a_mistake_in_the_exceptions_is_named_with_an_example(String exceptions, String code, String named) {
        assertThatThrownBy(() -> Timetable.parse("", exceptions, SHANGHAI))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith(code + " caravan.schedule.exceptions")
                .hasMessageContaining(named)
                .hasMessageEndingWith("2027-01-28..02-05 stop, 2027-03-01 30%");
    }
}
