package dev.caravan.command;

import java.time.Duration;

import dev.caravan.fakechat.LiveFaults;
import dev.caravan.fakechat.LiveProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** SIGTERM to a run whose target takes nothing: it ends long before its patience does, and the next run goes on. */
@Tag("long")
public class InterruptionIT extends LiveFaults {

    private static final int SECONDS = 20;

    @Test
    void aRunThatWaitsForItsNextTryEndsAtOnce() {
        try (var run = migration.apart()) {
            messages(ENOUGH);
            chat.kill();
            retried(run);

            run.signal("TERM");

            assertThat(run.endWithin(SECONDS)).isEqualTo(ExitStatus.INTERRUPTED);
        }
        chat = chat.again();
        goesOn();
    }

    @Test
    void aRunThatHasACallUnderWayEndsWhenTheCallDoes() {
        try (var run = migration.apart()) {
            messages(ENOUGH);
            chat.freeze();
            retried(run);

            run.signal("TERM");

            assertThat(run.endWithin(SECONDS)).isEqualTo(ExitStatus.INTERRUPTED);
        }
        chat.thaw();
        goesOn();
    }

    @Test
    void aRunThatWasToldToComeBackInAnHourEndsAtOnce() {
        chat.faults(
                """
                {"id": "busy", "match": "POST /messages", "after": 20, "times": 1000000, "kind": "status",
                 "status": 503, "retryAfter": "3600"}
                """);
        try (var run = migration.apart()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> chat.fired("busy") > 0);
            retried(run);

            run.signal("TERM");

            assertThat(run.endWithin(SECONDS)).isEqualTo(ExitStatus.INTERRUPTED);
        }
        tells(chat.fired("busy"), chat.acceptedBefore("busy"));
        chat.clearFaults();
        goesOn();
    }

    @Test
    void aRunThatIsOnlyBeginningEnds() {
        try (var run = migration.apart()) {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> folder.resolve("work/ledger.db").toFile().exists());

            run.signal("TERM");

            assertThat(run.endWithin(SECONDS)).isEqualTo(ExitStatus.INTERRUPTED);
        }
        goesOn();
    }

    /** Time for a second try and a third, and no sign by which to know of them. */
    private static void retried(LiveProcess run) {
        await().pollDelay(Duration.ofSeconds(3)).until(run::lives);
    }
}
