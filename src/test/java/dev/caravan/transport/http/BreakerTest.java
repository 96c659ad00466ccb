package dev.caravan.transport.http;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BreakerTest {

    private static final Instant NOON = Instant.parse("2027-01-28T12:00:00Z");

    private final Breaker breaker = new Breaker(3, Duration.ofSeconds(30));

    @Test
    void it_opens_after_so_many_failures_in_a_row_and_says_why() {
        fail(NOON, 2);
        assertThat(breaker.allows(NOON)).isTrue();
        assertThat(breaker.open()).isEmpty();
        breaker.failed(NOON.plusSeconds(1), "502");
        assertThat(breaker.allows(NOON.plusSeconds(30))).isFalse();
        assertThat(breaker.open()).contains(new Breaker.Open(NOON.plusSeconds(1), NOON.plusSeconds(31), 3, "502"));
    }

    @Test
    void a_success_in_between_starts_the_count_anew() {
        fail(NOON, 2);
        breaker.succeeded();
        fail(NOON, 2);
        assertThat(breaker.allows(NOON)).isTrue();
    }

    @Test
    void after_the_delay_exactly_one_probe_goes() {
        fail(NOON, 3);
        assertThat(breaker.allows(NOON.plusSeconds(29))).isFalse();
        assertThat(breaker.allows(NOON.plusSeconds(30))).isTrue();
        assertThat(breaker.allows(NOON.plusSeconds(30))).isFalse();
        assertThat(breaker.allows(NOON.plusSeconds(59))).isFalse();
    }

    @Test
    void a_probe_that_succeeds_closes_it() {
        fail(NOON, 3);
        breaker.allows(NOON.plusSeconds(30));
        breaker.succeeded();
        assertThat(breaker.open()).isEmpty();
        assertThat(breaker.allows(NOON.plusSeconds(30))).isTrue();
        fail(NOON.plusSeconds(31), 2);
        assertThat(breaker.allows(NOON.plusSeconds(31))).isTrue();
    }

    @Test
    void a_probe_that_fails_opens_it_for_another_delay_and_the_beginning_stays_known() {
        fail(NOON, 3);
        breaker.allows(NOON.plusSeconds(30));
        breaker.failed(NOON.plusSeconds(31), "no connection");
        assertThat(breaker.allows(NOON.plusSeconds(60))).isFalse();
        assertThat(breaker.open()).contains(new Breaker.Open(NOON, NOON.plusSeconds(61), 4, "no connection"));
        assertThat(breaker.allows(NOON.plusSeconds(61))).isTrue();
    }

    @Test
    void a_probe_nobody_tells_the_end_of_does_not_keep_it_open_for_ever() {
        fail(NOON, 3);
        assertThat(breaker.allows(NOON.plusSeconds(30))).isTrue();
        assertThat(breaker.allows(NOON.plusSeconds(60))).isTrue();
    }

    private void fail(Instant now, int times) {
        for (var i = 0; i < times; i++) {
            breaker.failed(now, "503");
        }
    }
}
