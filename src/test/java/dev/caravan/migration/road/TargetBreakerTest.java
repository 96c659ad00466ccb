package dev.caravan.migration.road;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TargetBreakerTest {

    private static final Instant NOW = Instant.parse("2027-01-04T10:00:00Z");
    private static final Duration DELAY = Duration.ofSeconds(10);

    private final TargetBreaker breaker = new TargetBreaker(2, DELAY);

    @Test
    void failures_of_different_lanes_open_it_for_all() {
        breaker.failed(NOW, "busy");
        assertThat(breaker.allows(NOW)).isTrue();
        assertThat(inAnotherLane(() -> {
                    breaker.failed(NOW, "busy");
                    return breaker.allows(NOW);
                }))
                .isFalse();

        assertThat(breaker.allows(NOW)).isFalse();
        assertThat(breaker.open())
                .hasValueSatisfying(open -> assertThat(open.reason()).isEqualTo("busy"));
    }

    @Test
    void one_lane_tries_and_may_look_up_and_send_until_it_tells_how_that_went() {
        breaker.failed(NOW, "busy");
        breaker.failed(NOW, "busy");
        var later = NOW.plus(DELAY);

        assertThat(breaker.allows(later)).isTrue();
        assertThat(breaker.allows(later)).isTrue();
        assertThat(inAnotherLane(() -> breaker.allows(later))).isFalse();

        breaker.failed(later, "still busy");
        assertThat(breaker.allows(later)).isFalse();
        assertThat(inAnotherLane(() -> breaker.allows(later.plus(DELAY)))).isTrue();
    }

    @Test
    void what_the_target_takes_lets_all_lanes_through() {
        breaker.failed(NOW, "busy");
        breaker.failed(NOW, "busy");
        assertThat(breaker.allows(NOW.plus(DELAY))).isTrue();

        breaker.succeeded();

        assertThat(inAnotherLane(() -> breaker.allows(NOW))).isTrue();
        assertThat(breaker.open()).isEmpty();
    }

    private static boolean inAnotherLane(BooleanSupplier what) {
        return CompletableFuture.supplyAsync(what::getAsBoolean).join();
    }
}
