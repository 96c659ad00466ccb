package dev.caravan.ledger;

import java.time.Duration;
import java.time.Instant;

import dev.caravan.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CertaintyTest {

    private static final Duration NEARLY = Certainty.LASTS.minusMillis(1);

    private long nanos = Long.MAX_VALUE - 1;
    private Instant shown = Instant.parse("2026-03-29T00:59:59Z");
    private final TestClock clock = new TestClock(shown.toString());
    private final Certainty certainty = new Certainty(() -> nanos, clock);

    @BeforeEach
    void confirm() {
        certainty.confirm(certainty.now());
    }

    @Test
    void it_lasts_for_a_while_and_anew_when_it_is_confirmed() {
        pass(NEARLY, NEARLY);
        assertThat(certainty.lasts()).isTrue();
        confirm();
        pass(NEARLY, NEARLY);
        assertThat(certainty.lasts()).isTrue();
        pass(Duration.ofMillis(1), Duration.ofMillis(1));
        assertThat(certainty.lasts()).isFalse();
    }

    @Test
    void it_counts_from_before_the_ledger_was_asked() {
        var asked = certainty.now();
        pass(NEARLY, NEARLY);
        certainty.confirm(asked);
        pass(Duration.ofMillis(1), Duration.ofMillis(1));

        assertThat(certainty.lasts()).isFalse();
    }

    @Test
    void a_process_that_was_stopped_is_not_certain_although_its_wall_clock_was_set_back() {
        pass(Certainty.LASTS, Duration.ZERO);

        assertThat(certainty.lasts()).isFalse();
    }

    @Test
    void a_machine_that_slept_is_not_certain_although_its_other_clock_stood_still() {
        pass(Duration.ZERO, Certainty.LASTS);

        assertThat(certainty.lasts()).isFalse();
    }

    private void pass(Duration ofTheOneThatIsNeverSet, Duration ofTheOneThatIsShown) {
        nanos += ofTheOneThatIsNeverSet.toNanos();
        shown = shown.plus(ofTheOneThatIsShown);
        clock.set(shown.toString());
    }
}
