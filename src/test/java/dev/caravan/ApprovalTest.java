package dev.caravan;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerAddress;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.migration.Halt;
import dev.caravan.migration.approval.Approving.State;
import dev.caravan.migration.approval.Binding;
import dev.caravan.model.Problem;
import dev.caravan.model.Words;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A run waits before its phases until somebody approves exactly what is there. */
@Timeout(120)
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ApprovalTest {

    private static final int MESSAGES = 12;

    @Parameter
    TestDatabase database;

    @TempDir
    Path folder;

    private ToyChat chat;
    private TestMigration migration;
    private LedgerAddress ledger;

    @BeforeEach
    void prepare() {
        ledger = database.in(folder);
        chat = new ToyChat(folder, MESSAGES, Set.of(3), 100);
        migration = chat.migration.on(database).by("ann").with("caravan.approval.phases", "history");
        if (ledger instanceof LedgerAddress.Sqlite) {
            ledger = LedgerAddress.sqlite(folder.resolve("work/ledger.db"));
        }
    }

    @Test
    void a_run_waits_before_the_phase_and_goes_on_when_it_is_approved() {
        var run = start();

        var halt = awaitHalt();
        assertThat(halt.inWords(Words.ENGLISH, Instant.now()))
                .startsWith("waiting since ")
                .endsWith("for somebody to approve the phase \"Messages\"");
        assertThat(halt.inWords(Words.CHINESE, Instant.now())).contains("等待批准阶段“消息”");
        assertThat(chat.sink.delivered).isEmpty();
        assertThat(waiting().phase()).isEqualTo("history");

        migration.approving().approve("bob", waiting().digest());

        assertThat(end(run)).isEqualTo(Run.State.COMPLETED);
        assertThat(chat.sink.delivered).hasSize(MESSAGES - 1);
        assertThat(migration.progress().halt()).isNull();
        assertThat(migration.approving().standing().waiting()).isNull();
        assertThat(states()).containsExactly(State.USED);
    }

    @Test
    void every_phase_that_does_something_waits_when_all_are_to() {
        migration.with("caravan.approval.phases", "all");
        var run = start();

        awaitHalt();
        for (String phase : List.of("directory", "history", "verification")) {
            awaitPhase(phase);
            migration.approving().approve("bob", waiting().digest());
        }

        assertThat(end(run)).isEqualTo(Run.State.COMPLETED);
        assertThat(states()).containsOnly(State.USED).hasSize(3);
    }

    @Test
    void a_wait_outlives_the_process_and_an_approval_given_meanwhile_serves_the_next() {
        interruptedWait();
        var since = migration.approving().standing().since();
        var again = start();
        awaitHalt();
        assertThat(migration.approving().standing().since()).isEqualTo(since);
        migration.stop();
        assertThat(end(again)).isEqualTo(Run.State.INTERRUPTED);
        assertThat(chat.sink.delivered).isEmpty();

        migration.approving().approve("bob", waiting().digest().substring(0, 12));
        assertThat(states()).containsExactly(State.GIVEN);

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(states()).containsExactly(State.USED);
    }

    @Test
    void a_phase_that_began_by_an_approval_goes_on_after_an_interruption() {
        chat.sink.failsAfter = 0;
        chat.sink.failures = 1000;
        migration.with("caravan.delivery.give-up-after", "PT0.2S");
        var run = start();
        awaitHalt();
        migration.approving().approve("bob", waiting().digest());
        assertThatThrownBy(() -> end(run)).hasMessageContaining("CRV-430");

        chat.sink.failures = 0;
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(states()).containsExactly(State.USED);
    }

    @Test
    void other_files_void_what_was_approved() {
        voidedBy(() -> migration.route("mappings/list/to/message.jslt", ".text + \"\""));
    }

    @Test
    void other_counts_void_what_was_approved() {
        voidedBy(() -> write("UPDATE account SET n = n + 1 WHERE run = 1 AND kind = 'message' AND what = 'read'"));
    }

    @Test
    void another_verdict_voids_what_was_approved() {
        voidedBy(() -> {
            try (Ledger open = Ledger.open(ledger)) {
                open.verifications().complete(open.verifications().start(), "{\"verdict\":\"different\"}");
            }
        });
    }

    private void voidedBy(Runnable change) {
        migration.with("caravan.approval.phases", "verification");
        interruptedWait();
        migration.approving().approve("bob", waiting().digest());
        var digest = waiting().digest();

        change.run();
        assertThat(end(startWithChangesAndStop())).isEqualTo(Run.State.INTERRUPTED);

        assertThat(states()).containsExactly(State.VOID);
        refused("CRV-682", () -> migration.approving().approve("bob", digest));
        migration.approving().approve("bob", waiting().digest());
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(states()).containsExactly(State.USED, State.VOID);
    }

    @Test
    void an_approval_is_void_to_see_before_any_run_finds_it_so() {
        migration.with("caravan.approval.phases", "verification");
        interruptedWait();
        migration.approving().approve("bob", waiting().digest());

        write("UPDATE account SET n = n + 1 WHERE run = 1 AND kind = 'message' AND what = 'read'");

        assertThat(states()).containsExactly(State.VOID);
    }

    @Test
    void an_approval_is_of_one_run_alone() {
        var first = start();
        awaitHalt();
        migration.approving().approve("bob", waiting().digest());
        assertThat(end(first)).isEqualTo(Run.State.COMPLETED);

        var second = start();
        awaitHalt();

        assertThat(waiting().run()).isEqualTo(2);
        migration.approving().approve("bob", waiting().digest());
        assertThat(end(second)).isEqualTo(Run.State.COMPLETED);
    }

    @Test
    void a_second_person_is_neither_who_started_the_run_nor_who_went_on_with_it() {
        migration.with("caravan.approval.second-person", "true");
        interruptedWait();
        migration.by("bob");
        var run = start();
        awaitHalt();
        var digest = waiting().digest();

        refused("CRV-683", () -> migration.approving().approve("ann", digest));
        refused("CRV-683", () -> migration.approving().approve("bob", digest));
        assertThat(migration.approving().standing().starters()).containsExactly("ann", "bob");
        migration.approving().approve("cy", digest);

        assertThat(end(run)).isEqualTo(Run.State.COMPLETED);
    }

    @Test
    void whoever_goes_on_with_a_run_voids_the_own_approval() {
        migration.with("caravan.approval.second-person", "true");
        interruptedWait();
        migration.approving().approve("bob", waiting().digest());
        migration.by("bob");

        assertThat(end(startWithChangesAndStop())).isEqualTo(Run.State.INTERRUPTED);

        assertThat(states()).containsExactly(State.VOID);
    }

    @Test
    void what_does_not_wait_is_not_approved() {
        refused("CRV-303", () -> migration.approving().approve("bob", "12345678"));
        migration.without("caravan.approval.phases");
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        refused("CRV-681", () -> migration.approving().approve("bob", "12345678"));
        assertThat(migration.approving().standing().waiting()).isNull();
    }

    @Test
    void a_wait_that_the_settings_no_longer_want_is_over() {
        interruptedWait();
        refused(
                "CRV-682",
                () -> migration.approving().approve("bob", waiting().digest().substring(0, 7)));

        migration.without("caravan.approval.phases");
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(migration.approving().standing().waiting()).isNull();
    }

    @Test
    void what_is_no_phase_is_refused_before_anything_is_made() {
        migration.with("caravan.approval.phases", "history,files");

        refused("CRV-680", migration::run);
        assertThat(folder.resolve("work")).doesNotExist();
    }

    private void interruptedWait() {
        var killed = start();
        awaitHalt();
        migration.stop();
        assertThat(end(killed)).isEqualTo(Run.State.INTERRUPTED);
    }

    private CompletableFuture<Run.State> startWithChangesAndStop() {
        var run = CompletableFuture.supplyAsync(() -> migration.run(true));
        awaitHalt();
        migration.stop();
        return run;
    }

    private void write(String sql) {
        dev.caravan.ledger.Tampering.execute(ledger, sql);
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }

    private Binding waiting() {
        return migration.approving().standing().waiting();
    }

    private List<State> states() {
        return migration.approving().standing().given().stream()
                .map(given -> given.state())
                .toList();
    }

    private CompletableFuture<Run.State> start() {
        return CompletableFuture.supplyAsync(migration::run);
    }

    private static Run.State end(CompletableFuture<Run.State> run) {
        return run.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private Halt awaitHalt() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> migration.progress().halt(), halt -> halt != null && halt.why() == Halt.Why.APPROVAL);
    }

    private void awaitPhase(String phase) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        this::waiting,
                        binding -> binding != null && binding.phase().equals(phase));
    }
}
