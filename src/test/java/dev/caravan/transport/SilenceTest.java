package dev.caravan.transport;

import java.time.Duration;
import java.time.Instant;

import dev.caravan.TestClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SilenceTest {

    private static final String BEGIN = "2027-01-04T10:00:00Z";

    private final TestClock clock = new TestClock(BEGIN);
    private final Silence silence = new Silence(clock);

    @Test
    void nobodyIsSilentWhoWasNotAsked() {
        passes(60);

        assertThat(silence.known()).isEmpty();
    }

    @Test
    void whoHangsIsSilentSinceItWasAsked() {
        silence.asked();
        passes(4);
        silence.asked();
        assertThat(silence.known()).isEmpty();

        passes(2);

        assertThat(silence.known()).contains(new Silence.Known(Instant.parse(BEGIN), "no answer"));
    }

    @Test
    void oneAnswerAmongMuchThatIsUnderWayIsASignOfLife() {
        silence.asked();
        silence.asked();
        passes(9);
        silence.answered();
        assertThat(silence.known()).isEmpty();

        passes(6);

        assertThat(silence.known())
                .map(Silence.Known::since)
                .contains(Instant.parse(BEGIN).plusSeconds(9));
    }

    @Test
    void whoFailsIsSilentAlsoBetweenTwoTriesAndTheReasonIsTheLast() {
        silence.asked();
        silence.failed("status 503");
        passes(7);

        assertThat(silence.known()).contains(new Silence.Known(Instant.parse(BEGIN), "status 503"));

        silence.asked();
        silence.answered();
        assertThat(silence.known()).isEmpty();
        passes(60);
        assertThat(silence.known()).isEmpty();
    }

    private void passes(int seconds) {
        clock.set(clock.instant().plus(Duration.ofSeconds(seconds)).toString());
    }
}
