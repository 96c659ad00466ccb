package dev.caravan.fakechat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.caravan.ledger.Run;
import dev.caravan.migration.rollback.RollbackResult.Kept;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a run brought to a running chat can be taken back, and nothing else is. */
@Timeout(120)
class FakeChatRollbackTest {

    private static final int MESSAGES = 300;

    @TempDir
    Path folder;

    private FakeChatProcess chat;
    private ToTheFakeChat road;

    @BeforeEach
    void run() {
        chat = FakeChatProcess.start(folder.resolve("chat"));
        road = new ToTheFakeChat(folder, MESSAGES, chat.port());
        assertThat(road.migration().run()).isEqualTo(Run.State.COMPLETED);
    }

    @AfterEach
    void stop() {
        chat.close();
    }

    @Test
    void aDryRunTellsWhatWouldGoAndTouchesNothing() {
        var before = chat.held();

        var would = road.migration().rollback(true);

        assertThat(would.removed()).containsEntry("messages", (long) MESSAGES).containsEntry("channels", 3L);
        assertThat(would.kept()).isEmpty();
        assertThat(chat.held()).isEqualTo(before);
    }

    @Test
    void everythingGoesAndTheNextRunBringsItBackOnce() {
        var gone = road.migration().rollback(false);

        assertThat(gone.removed()).containsEntry("messages", (long) MESSAGES);
        assertThat(gone.complete()).isTrue();
        assertThat(chat.held().values()).allMatch(ids -> ids.isEmpty());
        assertThat(road.migration().rollback(false).removed()).isEmpty();

        assertThat(road.migration().run()).isEqualTo(Run.State.COMPLETED);
        assertThat(SetArithmetic.of(road.sent(), chat.held())).matches(SetArithmetic::holds);
    }

    @Test
    void aRollbackThroughFaultsTakesEverythingBack() {
        chat.faults(Fault.of("busy", "DELETE", "status").status(503, null).after(40));
        chat.faults(Fault.of("lost", "DELETE", "reply-lost").after(60));

        assertThat(road.migration().rollback(false).complete()).isTrue();

        assertThat(chat.held().values()).allMatch(ids -> ids.isEmpty());
        assertThat(chat.fired("busy")).isPositive();
        assertThat(chat.fired("lost")).isPositive();
    }

    @Test
    void whatSomebodyEditedStaysAndIsListed() {
        chat.edit(chat.all("messages").get(0), "a person was here");

        var result = road.migration().rollback(false);

        assertThat(result.kept()).anySatisfy(kept -> {
            assertThat(kept.what()).isEqualTo("messages");
            assertThat(kept.reason()).isEqualTo("changed-since");
            assertThat(kept.number()).isEqualTo(1);
        });
        assertThat(chat.held().values().stream().mapToInt(ids -> ids.size()).sum())
                .isEqualTo(1);
    }

    @Test
    void whatStaysIsListedByNameAlsoAfterAStopAndAskedAboutAgain() throws IOException {
        var touched = chat.all("messages").get(MESSAGES - 1);
        chat.edit(touched, "a person was here");
        var would = road.migration().rollback(true);
        assertThat(would.keptFile()).isNotNull();
        assertThat(Files.readString(Path.of(would.keptFile()))).contains("changed-since", "room");
        assertThat(would.forecast().finish()).isNotNull();

        chat.faults(Fault.of("busy", "DELETE", "status")
                .status(503, null)
                .after(MESSAGES - 10)
                .times(1_000_000));
        var stopped = CompletableFuture.runAsync(() -> road.migration().rollback(false));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> chat.fired("busy") > 0);
        road.migration().stop();
        assertThatThrownBy(() -> stopped.orTimeout(60, TimeUnit.SECONDS).join())
                .hasRootCauseInstanceOf(NoSuchElementException.class);
        assertThat(chat.all("messages")).hasSizeGreaterThan(1);
        chat.clearFaults();

        var result = road.migration().rollback(false);
        assertThat(result.kept())
                .containsExactly(new Kept("channels", "in-use", 1), new Kept("messages", "changed-since", 1));
        // of a deletion whose reply said that it could not be, the next try finds nothing
        assertThat(result.removed().get("messages") + result.gone().getOrDefault("messages", 0L))
                .isEqualTo(MESSAGES - 1L);
        assertThat(Files.readAllLines(Path.of(result.keptFile()))).hasSize(3);

        var again = road.migration().rollback(false);
        assertThat(again.removed()).isEmpty();
        assertThat(again.kept()).isEqualTo(result.kept());
    }
}
