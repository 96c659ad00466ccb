package dev.caravan.fakechat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.caravan.ledger.Run;
import dev.caravan.migration.rollback.RollbackResult;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What was on its way when a run broke off may be on the target, and is in no journal. */
@Timeout(120)
class RollbackInDoubtTest {

    private static final int MESSAGES = 300;
    private static final int ALWAYS = 1_000_000;

    @TempDir
    Path folder;

    private FakeChatProcess chat;
    private ToTheFakeChat road;

    @BeforeEach
    void breakOff() throws Exception {
        chat = FakeChatProcess.start(folder.resolve("chat"));
        road = new ToTheFakeChat(folder, MESSAGES, chat.port());
        road.migration().with("caravan.sink.items-per-call", "10");
        chat.faults(
                Fault.of("lost", "POST /messages", "reply-lost").after(10).times(ALWAYS),
                Fault.of("mute", "GET", "status").status(503, null).times(ALWAYS));
        var run = CompletableFuture.supplyAsync(() -> road.migration().run());
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> chat.fired("lost") > 0 && chat.fired("mute") > 0);
        road.migration().stop();
        assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(Run.State.INTERRUPTED);
        chat.clearFaults();
    }

    @AfterEach
    void stop() {
        chat.close();
    }

    @Test
    void itIsListedByNameAsStayingUntilTheRunHasComeToItsEndAndThenEverythingGoes() throws IOException {
        var inDoubt = inDoubt(road.migration().rollback(true));
        assertThat(inDoubt).isPositive();

        var result = road.migration().rollback(false);
        assertThat(inDoubt(result)).isEqualTo(inDoubt);
        assertThat(result.complete()).isFalse();
        assertThat(Files.readAllLines(Path.of(result.keptFile())).stream().filter(line -> line.contains("in-doubt")))
                .hasSize((int) inDoubt);
        assertThat(chat.all("messages")).isNotEmpty();

        assertThat(road.migration().run()).isEqualTo(Run.State.COMPLETED);
        assertThat(road.migration().rollback(false).complete()).isTrue();
        assertThat(chat.held().values()).allMatch(ids -> ids.isEmpty());
    }

    @Test
    void aDryRunListsByNameWhatWouldGo() throws IOException {
        var would = road.migration().rollback(true);

        var go = would.removed().values().stream().mapToLong(Long::longValue).sum();
        assertThat(go).isPositive();
        assertThat(Files.readAllLines(Path.of(would.goesFile()))).hasSize((int) go + 1);
        assertThat(Files.readString(Path.of(would.goesFile()))).contains("channels,channel,room0,");
    }

    private static long inDoubt(RollbackResult result) {
        return result.kept().stream()
                .filter(kept -> kept.reason().equals("in-doubt") && kept.what().equals("message"))
                .mapToLong(RollbackResult.Kept::number)
                .sum();
    }
}
