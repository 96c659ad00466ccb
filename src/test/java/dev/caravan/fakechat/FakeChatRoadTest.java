package dev.caravan.fakechat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.caravan.ledger.Run;
import dev.caravan.migration.verification.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A run to a chat that breaks in every way it can, after the first thousand messages. */
@Timeout(180)
class FakeChatRoadTest {

    private static final int MESSAGES = 2_400;

    @Test
    void nothingIsLostDoubledOrOvertakenAndTheNextRunWritesNothing(@TempDir Path folder) {
        var faults = List.of(
                broken("status", 18).status(500, null),
                broken("reply-lost", 20),
                broken("partial", 22),
                broken("accept-late", 24),
                broken("error-in-200", 26).every(7, "retry").ms(20),
                broken("truncated", 28),
                broken("cut", 30),
                broken("html-login", 32),
                broken("huge", 34),
                broken("slow-drip", 36),
                broken("hang", 38).ms(3_000),
                broken("down", 40).ms(400));
        try (var chat = FakeChatProcess.start(folder.resolve("chat"))) {
            faults.forEach(chat::faults);
            var road = new ToTheFakeChat(folder, MESSAGES, chat.port());

            assertThat(road.migration().run()).isEqualTo(Run.State.COMPLETED);

            assertThat(SetArithmetic.of(road.sent(), chat.held())).matches(SetArithmetic::holds);
            try (var ledger = road.migration().ledger()) {
                var summary = ledger.verifications().last().orElseThrow().summary();
                assertThat(Summary.verdict(summary)).as(summary).contains("equal-by-rule");
            }
            assertThat(faults).allSatisfy(fault -> {
                assertThat(chat.fired(fault.id())).as(fault.id()).isPositive();
                assertThat(chat.acceptedBefore(fault.id())).as(fault.id()).isGreaterThanOrEqualTo(1_000);
            });
            var accepted = chat.statistics().path("accepted");
            assertThat(accepted.path("messages").asInt()).isEqualTo(MESSAGES);

            assertThat(road.migration().run()).isEqualTo(Run.State.COMPLETED);
            assertThat(chat.statistics().path("accepted")).isEqualTo(accepted);
        }
    }

    @Test
    void whileTheChatTakesNothingOneLaneAsksForAllOfThem(@TempDir Path folder) {
        try (var chat = FakeChatProcess.start(folder.resolve("chat"))) {
            chat.faults(Fault.of("down", "POST /messages", "status")
                    .status(503, null)
                    .times(6));
            var road = new ToTheFakeChat(folder, 30, chat.port());
            road.migration().with("caravan.delivery.break-after", "3").with("caravan.delivery.longest-wait", "PT1S");
            var began = System.nanoTime();

            assertThat(road.migration().run()).isEqualTo(Run.State.COMPLETED);

            // Three lanes have failed three times in a row; the other three failures are one a second, of whatever
            // lane.
            assertThat(chat.fired("down")).isEqualTo(6);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(3));
            assertThat(SetArithmetic.of(road.sent(), chat.held())).matches(SetArithmetic::holds);
        }
    }

    private static Fault broken(String kind, int after) {
        return Fault.of(kind, "POST /messages", kind).after(after);
    }
}
