package dev.caravan.command;

import java.nio.file.Path;
import java.time.Duration;

import dev.caravan.fakechat.FakeChatProcess;
import dev.caravan.fakechat.LiveProcess;
import dev.caravan.fakechat.NumberedMigration;
import dev.caravan.fakechat.SetArithmetic;
import dev.caravan.ledger.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** SIGTERM to a run whose target takes nothing: it ends long before its patience does, and the next run goes on. */
@Timeout(300)
class InterruptionIT {

    private static final int SECONDS = 20;

    @TempDir
    Path folder;

    private FakeChatProcess chat;

    @BeforeEach
    void start() {
        chat = FakeChatProcess.start(folder.resolve("chat"), "latency-ms=10");
    }

    @Test
    void aRunThatWaitsForItsNextTryEndsAtOnce() {
        try (var run = migration().apart()) {
            messages(1_000);
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
        try (var run = migration().apart()) {
            messages(1_000);
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
        try (var run = migration().apart()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> chat.fired("busy") > 0);
            retried(run);

            run.signal("TERM");

            assertThat(run.endWithin(SECONDS)).isEqualTo(ExitStatus.INTERRUPTED);
        }
        assertThat(chat.acceptedBefore("busy")).isGreaterThanOrEqualTo(1_000);
        chat.clearFaults();
        goesOn();
    }

    @Test
    void aRunThatIsOnlyBeginningEnds() {
        try (var run = migration().apart()) {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> folder.resolve("work/ledger.db").toFile().exists());

            run.signal("TERM");

            assertThat(run.endWithin(SECONDS)).isEqualTo(ExitStatus.INTERRUPTED);
        }
        goesOn();
    }

    @AfterEach
    void end() {
        chat.close();
    }

    private NumberedMigration migration() {
        return new NumberedMigration(folder).to(chat.port());
    }

    private void messages(int number) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> chat.statistics().path("accepted").path("messages").asInt() >= number);
    }

    /** Time for a second try and a third, and no sign by which to know of them. */
    private static void retried(LiveProcess run) {
        await().pollDelay(Duration.ofSeconds(3)).until(run::lives);
    }

    private void goesOn() {
        var migration = migration();
        assertThat(chat.statistics().path("accepted").path("messages").asInt()).isLessThan(migration.messages());

        assertThat(migration.here().run()).isEqualTo(Run.State.COMPLETED);

        assertThat(SetArithmetic.of(migration.sent(), chat.held())).matches(SetArithmetic::holds);
    }
}
