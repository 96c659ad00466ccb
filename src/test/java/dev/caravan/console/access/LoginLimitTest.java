package dev.caravan.console.access;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoginLimitTest {

    private final HandClock clock = new HandClock();
    private final LoginLimit limit = new LoginLimit(clock);

    @Test
    void afterFiveWrongPasswordsTheSameAddressWaitsLongerEachTime() {
        fail("10.0.0.1", 5);
        assertThat(limit.take(Network.of("10.0.0.1"))).isFalse();
        clock.goOn(Duration.ofSeconds(1));
        assertThat(limit.take(Network.of("10.0.0.1"))).isTrue();
        clock.goOn(Duration.ofSeconds(1));
        assertThat(limit.take(Network.of("10.0.0.1"))).isFalse();
        clock.goOn(Duration.ofSeconds(1));
        assertThat(limit.take(Network.of("10.0.0.1"))).isTrue();
    }

    @Test
    void othersDoNotWait() {
        fail("10.0.0.1", 5);
        assertThat(limit.take(Network.of("10.0.0.2"))).isTrue();
    }

    @Test
    void aRightPasswordForgivesTheWrongOnes() {
        fail("10.0.0.1", 4);
        assertThat(limit.take(Network.of("10.0.0.1"))).isTrue();
        limit.succeeded(Network.of("10.0.0.1"));
        fail("10.0.0.1", 5);
        assertThat(limit.take(Network.of("10.0.0.1"))).isFalse();
    }

    @Test
    void howeverManyGuessElsewhereARightPasswordIsLookedAt() {
        IntStream.range(0, 500).forEach(one -> fail("10.0.1." + one, 1));
        assertThat(limit.take(Network.of("10.0.2.1"))).isTrue();
    }

    @Test
    void rightPasswordsWithoutEndAreNoReasonToWait() {
        for (int script = 0; script < 200; script++) {
            assertThat(limit.take(Network.of("10.0.0.1"))).isTrue();
            limit.succeeded(Network.of("10.0.0.1"));
        }
    }

    @Test
    void aQuarterOfAnHourForgetsAll() {
        fail("10.0.0.1", 5);
        clock.goOn(Duration.ofMinutes(16));
        fail("10.0.0.1", 5);
        assertThat(limit.take(Network.of("10.0.0.1"))).isFalse();
    }

    private void fail(String address, int times) {
        for (int time = 0; time < times; time++) {
            assertThat(limit.take(Network.of(address))).isTrue();
        }
    }
}
