package dev.caravan.fakechat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import dev.caravan.TestMigration;
import dev.caravan.ledger.Letter.Head;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.migration.Halt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a target and the network to it do to a run. */
@Tag("long")
class TargetFaultsIT extends LiveFaults {

    private static final String SEND = "POST /messages";
    private static final Duration STATE_IS_TRUE_WITHIN = Duration.ofSeconds(10);

    @ParameterizedTest
    @CsvSource({"429, 1", "429, date+2", "429,", "429, -5", "429, soon", "500,", "502,", "503, 1", "503,"})
    void aStatusThatPassesIsWaitedForAndNothingBecomesADeadLetter(int status, String retryAfter) throws Exception {
        var faults = breaks(
                Fault.of("status", SEND, "status").status(status, retryAfter).times(5));

        ends(run());

        fired(faults);
        holds();
    }

    static List<Fault> brokenAnswers() {
        return List.of(
                Fault.of("reply lost after accept", SEND, "reply-lost"),
                Fault.of("500 after accept", SEND, "status").accept(true),
                Fault.of("500, and accepted later", SEND, "accept-late"),
                Fault.of("half of a batch", SEND, "partial"),
                Fault.of("200 with put-off ones inside", SEND, "error-in-200")
                        .every(7, "retry")
                        .ms(20),
                Fault.of("truncated JSON", SEND, "truncated"),
                Fault.of("cut in the answer", SEND, "cut"),
                Fault.of("login page with 200", SEND, "html-login"),
                Fault.of("50 MB of answer", SEND, "huge"),
                Fault.of("a byte a second", SEND, "slow-drip"),
                Fault.of("no answer", SEND, "hang").ms(3_000));
    }

    @ParameterizedTest
    @MethodSource("brokenAnswers")
    void anAnswerThatSaysNothingIsFoundOut(Fault fault) throws Exception {
        var faults = breaks(fault.times(2));

        ends(run());

        fired(faults);
        holds();
    }

    @Test
    void ofA200WithErrorsInsideOnlyThoseAreDeadLetters() throws Exception {
        var faults = breaks(Fault.of("errors", SEND, "error-in-200").every(7, "policy"));
        migration.with("caravan.stop.lane-dead-letters", "1");

        ends(run());

        fired(faults);
        var dead = letters();
        assertThat(dead).isNotEmpty().allMatch(letter -> letter.cause().contains("policy"));
        assertThat(SetArithmetic.of(
                        migration.sent(),
                        chat.held(),
                        dead.stream().map(Head::sourceId).toList()))
                .matches(SetArithmetic::holds);
    }

    @Test
    void aTargetThatIsKilledAndStartedAgainIsFoundAgainAndWhoLooksKnows() throws Exception {
        var here = migration.here();
        var run = CompletableFuture.supplyAsync(here::run);
        messages(ENOUGH);
        assertThat(here.progress().halt()).isNull();
        chat.kill();
        isSeen(here);
        chat = chat.again();
        isSeenNoMore(here);

        ends(run);
        holds();
    }

    @Test
    void aTargetThatAnswers503AllTheTimeIsWaitedForAndWhoLooksKnows() throws Exception {
        var here = migration.here();
        var run = CompletableFuture.supplyAsync(here::run);
        messages(ENOUGH);
        chat.faults(
                Fault.of("busy", "POST /messages", "status").status(503, null).times(1_000_000));
        isSeen(here);
        long fired = chat.fired("busy");
        chat.clearFaults();
        isSeenNoMore(here);

        ends(run);
        tells(fired, ENOUGH);
        holds();
    }

    @Test
    void aTargetThatWasStoppedGoesOnAndWhoLooksKnows() throws Exception {
        var here = migration.here();
        var run = CompletableFuture.supplyAsync(here::run);
        messages(ENOUGH);
        chat.freeze();
        isSeen(here);
        chat.thaw();
        isSeenNoMore(here);

        ends(run);
        holds();
    }

    @Test
    void aNetworkThatIsCutAndThenGoneAndThenSilentIsWaitedFor() throws Exception {
        try (var network = new FaultProxy(chat.port())) {
            migration.to(network.port());
            var run = run();
            messages(ENOUGH);
            assertThat(network.connections()).isPositive();
            network.cut();
            messages(ENOUGH + 300);
            assertThat(network.connections()).isPositive();
            network.refuse();
            passes(Duration.ofSeconds(2));
            network.pass();
            messages(ENOUGH + 600);
            network.freeze();
            passes(DOWN_FOR);
            network.pass();

            ends(run);
        }
        holds();
    }

    @Test
    void aTokenThatExpiresIsRenewed() throws Exception {
        chat("latency-ms=20", "secret=s");
        migration.with("caravan.sink.secret", "s");
        var expired = breaks(Fault.of("expired", SEND, "expired-token"));

        ends(run());

        fired(expired);
        chat();
        holds();
    }

    @Test
    void aForbiddenChannelIsRefusedAloneAndItsMessagesAreKept() throws Exception {
        chat.faults(Fault.of("forbidden", SEND, "forbidden-channel")
                .channel("room1")
                .after(8)
                .times(1_000_000));
        migration.with("caravan.stop.lane-dead-letters", "1").with("caravan.stop.run-dead-letters", "1");

        ends(run());

        tells(chat.fired("forbidden"), chat.acceptedBefore("forbidden"));
        var dead = letters().stream().map(Head::sourceId).collect(Collectors.toSet());
        assertThat(dead).isNotEmpty().allMatch(id -> id.startsWith("room1/"));
        assertThat(SetArithmetic.of(migration.sent(), chat.held(), dead)).matches(SetArithmetic::holds);
    }

    private List<Head> letters() {
        return migration.here().letters().list(LetterFilter.ALL, 0, 1_000_000);
    }

    /** And stays so, as long as it is. */
    private static void isSeen(TestMigration here) {
        await().atMost(STATE_IS_TRUE_WITHIN).until(() -> halted(here));
        passes(DOWN_FOR);
        assertThat(halted(here)).isTrue();
    }

    private static void isSeenNoMore(TestMigration here) {
        await().atMost(STATE_IS_TRUE_WITHIN).until(() -> !halted(here));
    }

    private static boolean halted(TestMigration migration) {
        var halt = migration.progress().halt();
        return halt != null && halt.why() == Halt.Why.TARGET;
    }
}
