package dev.caravan.ledger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunsTest extends LedgerContract {

    @Test
    void an_unfinished_run_goes_on_under_its_number_and_a_finished_one_is_followed_by_the_next() {
        var first = run();
        ledger.runs().interrupt(first.id(), "stopped by the operator");
        var resumed = run();
        ledger.runs().complete(resumed.id());
        var second = run();

        assertThat(first.id()).isEqualTo(1);
        assertThat(resumed.id()).isEqualTo(1);
        assertThat(resumed.state()).isEqualTo(Run.State.RUNNING);
        assertThat(resumed.cause()).isNull();
        assertThat(second.id()).isEqualTo(2);
        assertThat(ledger.runs().lastCompleted("run"))
                .hasValueSatisfying(run -> assertThat(run.id()).isEqualTo(1));
        assertThat(ledger.runs().last("run"))
                .hasValueSatisfying(run -> assertThat(run.id()).isEqualTo(2));
    }

    @Test
    void commands_have_their_own_runs() {
        var run = run();
        var replay = ledger.runs().start("replay", new TreeMap<>(), false);

        assertThat(replay.id()).isEqualTo(2);
        assertThat(run().id()).isEqualTo(run.id());
        assertThat(ledger.runs().lastCompleted("run")).isEmpty();
    }

    @Test
    void an_interrupted_run_keeps_its_phase_and_its_cause() {
        var run = run();
        ledger.runs().setPhase(run.id(), "history");
        ledger.runs().interrupt(run.id(), "disk full");

        var found = ledger.runs().find(run.id()).orElseThrow();
        assertThat(found.phase()).isEqualTo("history");
        assertThat(found.cause()).isEqualTo("disk full");
        assertThat(found.state()).isEqualTo(Run.State.INTERRUPTED);
        assertThat(found.ended()).isNotNull();
    }

    @Test
    void resuming_under_another_fingerprint_is_refused_and_every_change_is_named() {
        var run = start(Map.of("routes/a.yaml", "1", "rules/b.yaml", "2", "caravan.sink.team", "3"), false);
        ledger.commit(Commit.of(run.id(), Kind.USER, "").withPosition("1"));

        assertThatThrownBy(
                        () -> start(Map.of("routes/a.yaml", "1", "rules/b.yaml", "9", "caravan.time-zone", "4"), false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-304")
                .hasMessageContaining("caravan.sink.team, caravan.time-zone, rules/b.yaml")
                .hasMessageNotContaining("routes/a.yaml");
        assertThat(ledger.runs().fingerprint(1)).containsEntry("rules/b.yaml", "2");
    }

    @Test
    void accepted_changes_are_the_fingerprint_from_then_on() {
        start(Map.of("a", "1", "b", "2"), false);

        var resumed = start(Map.of("a", "1", "b", "9"), true);

        assertThat(resumed.id()).isEqualTo(1);
        assertThat(ledger.runs().fingerprint(1)).isEqualTo(new TreeMap<>(Map.of("a", "1", "b", "9")));
        assertThat(start(Map.of("a", "1", "b", "9"), false).id()).isEqualTo(1);
    }

    @Test
    void the_next_run_may_have_any_fingerprint() {
        ledger.runs().complete(start(Map.of("a", "1"), false).id());

        assertThat(start(Map.of("a", "2"), false).id()).isEqualTo(2);
        assertThat(ledger.runs().fingerprint(1)).containsEntry("a", "1");
    }

    @Test
    void the_account_is_the_sum_of_all_commits_also_after_an_interruption() {
        int run = run().id();
        var some = Tally.NONE
                .plus("message", Tally.What.READ, 5)
                .plus("message", Tally.What.FILTERED, "date-range", 2)
                .plus("message", Tally.What.FILTERED, "subtype", 1);
        count(run, some);
        ledger.runs().interrupt(run, "killed");
        count(run().id(), some.plus("reaction", Tally.What.DEAD, 1));

        var account = ledger.runs().account(run);

        assertThat(account).isEqualTo(some.plus(some).plus("reaction", Tally.What.DEAD, 1));
        assertThat(account.of("message", Tally.What.FILTERED)).isEqualTo(6);
        assertThat(ledger.runs().account(99)).isEqualTo(Tally.NONE);
    }

    @Test
    void checkpoints_belong_to_run_kind_and_lane() {
        ledger.commit(Commit.of(1, Kind.MESSAGE, "C1").withPosition("a#1"));
        ledger.commit(Commit.of(1, Kind.MESSAGE, "C1").withPosition("a#2"));
        ledger.commit(Commit.of(1, Kind.MESSAGE, "C2"));
        ledger.throughput().note(1, List.of("C1", "C1", "C9"), 100, true);

        assertThat(ledger.checkpoints().find(1, Kind.MESSAGE, "C1")).contains(new Checkpoint("a#2", true));
        assertThat(ledger.checkpoints().find(1, Kind.MESSAGE, "C9")).contains(new Checkpoint(null, true));
        assertThat(ledger.checkpoints().find(1, Kind.MESSAGE, "C2")).isEmpty();
        assertThat(ledger.checkpoints().find(2, Kind.MESSAGE, "C1")).isEmpty();
    }

    private Run start(Map<String, String> fingerprint, boolean acceptChanges) {
        return ledger.runs().start("run", new TreeMap<>(fingerprint), acceptChanges);
    }

    private void count(int run, Tally tally) {
        ledger.commit(Commit.of(run, Kind.MESSAGE, "C1").withTally(tally));
    }
}
