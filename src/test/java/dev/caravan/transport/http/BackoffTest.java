package dev.caravan.transport.http;

import java.time.Duration;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BackoffTest {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration CEILING = Duration.ofSeconds(30);

    @Test
    void the_bound_doubles_up_to_the_ceiling() {
        var backoff = new Backoff(FIRST, CEILING, new Random(1));
        assertThat(backoff.bound(0)).isEqualTo(FIRST);
        assertThat(backoff.bound(3)).isEqualTo(Duration.ofMillis(1600));
        assertThat(backoff.bound(8)).isEqualTo(CEILING);
    }

    @Property
    void every_delay_is_between_nothing_and_its_bound(
            @ForAll @IntRange(min = -3) int attempt,
            @ForAll @LongRange(min = 1, max = 1_000_000) long first,
            @ForAll @LongRange(min = 1, max = 1_000_000) long more,
            @ForAll long seed) {
        var ceiling = Duration.ofMillis(first + more);
        var backoff = new Backoff(Duration.ofMillis(first), ceiling, new Random(seed));
        assertThat(backoff.delay(attempt)).isBetween(Duration.ZERO, backoff.bound(attempt));
        assertThat(backoff.bound(attempt)).isBetween(Duration.ofMillis(first), ceiling);
    }

    @Test
    void the_whole_width_is_used_so_that_many_do_not_come_back_together() {
        var backoff = new Backoff(FIRST, CEILING, new Random(1));
        var inFirstTenth = 0;
        for (var i = 0; i < 1000; i++) {
            inFirstTenth += backoff.delay(20).compareTo(CEILING.dividedBy(10)) < 0 ? 1 : 0;
        }
        assertThat(inFirstTenth).isBetween(60, 150);
    }

    @Test
    void the_same_random_gives_the_same_delays() {
        assertThat(new Backoff(FIRST, CEILING, new Random(5)).delay(4))
                .isEqualTo(new Backoff(FIRST, CEILING, new Random(5)).delay(4))
                .isNotEqualTo(new Backoff(FIRST, CEILING, new Random(6)).delay(4));
    }

    @Test
    void a_ceiling_below_the_first_bound_is_a_mistake() {
        assertThatThrownBy(() -> new Backoff(CEILING, FIRST, new Random(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
