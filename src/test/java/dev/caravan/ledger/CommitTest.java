package dev.caravan.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommitTest extends LedgerContract {

    private static final int THREADS = 4;
    private static final int COMMITS = 40;

    @Test
    void a_commit_is_there_as_a_whole_or_not_at_all() {
        run();
        assertThatThrownBy(() -> ledger.commit(everything(1, 0, true))).isInstanceOf(IllegalStateException.class);

        assertThat(ledger.records().counts(Kind.MESSAGE)).isEmpty();
        assertThat(ledger.stage().version()).isZero();
        assertThat(ledger.deadLetters().list(LetterFilter.ALL, 0, 10)).isEmpty();
        assertThat(ledger.checkpoints().find(1, Kind.MESSAGE, "lane1")).isEmpty();
        assertThat(ledger.runs().account(1)).isEqualTo(Tally.NONE);

        ledger.commit(everything(1, 0, false));
        assertThat(ledger.checkpoints().find(1, Kind.MESSAGE, "lane1")).isPresent();
    }

    @Test
    void commits_of_many_threads_are_each_there_as_a_whole_or_not_at_all() throws Exception {
        run();
        var random = new Random(7);
        var work = new ArrayList<Callable<Integer>>();
        for (int lane = 1; lane <= THREADS; lane++) {
            work.add(commitAll(lane, random.ints(COMMITS, 0, 4).toArray()));
        }
        var pool = Executors.newFixedThreadPool(THREADS);
        int good = 0;
        try {
            for (var result : pool.invokeAll(work)) {
                good += result.get();
            }
        } finally {
            pool.shutdown();
        }

        assertThat(good).isBetween(THREADS * COMMITS / 2, THREADS * COMMITS - 1);
        var counts = ledger.records().counts(Kind.MESSAGE);
        assertThat(counts.stream().mapToLong(Records.Count::records).sum()).isEqualTo(3L * good);
        assertThat(ledger.deadLetters().list(LetterFilter.ALL, 0, 1000)).hasSize(good);
        assertThat(ledger.runs().account(1).of("message", Tally.What.DELIVERED)).isEqualTo(3L * good);
        assertThat(ledger.stage().version()).isEqualTo(good);
    }

    /** Every commit with a 0 in {@code plan} is bad. Answers how many were good. */
    private Callable<Integer> commitAll(int lane, int[] plan) {
        return () -> {
            int good = 0;
            for (int n = 0; n < plan.length; n++) {
                var commit = everything(lane, n, plan[n] == 0);
                if (plan[n] == 0) {
                    assertThatThrownBy(() -> ledger.commit(commit)).isInstanceOf(IllegalStateException.class);
                } else {
                    ledger.commit(commit);
                    good++;
                }
                var last = ledger.records().find(Kind.MESSAGE, lane, List.of(new Key(n * 10L, "m" + n * 10)));
                assertThat(last).hasSize(plan[n] == 0 ? 0 : 1);
            }
            return good;
        };
    }

    @Test
    void after_the_connection_was_cut_a_commit_fails_with_nothing_written_and_the_next_goes_through() throws Exception {
        Assumptions.assumeTrue(database == TestDatabase.POSTGRESQL, "SQLite has no connection to lose");
        run();
        ledger.commit(everything(1, 0, false));
        TestDatabase.endAllConnections();

        assertThatThrownBy(() -> ledger.commit(everything(1, 1, false)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-305");
        ledger.commit(everything(1, 1, false));

        assertThat(ledger.runs().account(1).of("message", Tally.What.DELIVERED)).isEqualTo(6);
        assertThatThrownBy(() -> Ledger.open(address()))
                .as("the lock was taken again")
                .hasMessageContaining("CRV-301");
    }

    private static Commit everything(int lane, int n, boolean bad) {
        var rows = new ArrayList<>(List.of(
                Given.message(lane, n * 10L), Given.message(lane, n * 10L + 1), Given.message(lane, n * 10L + 2)));
        if (bad) {
            rows.add(new Row(
                    Kind.MESSAGE,
                    lane,
                    new Key(n * 10L + 3, "x"),
                    0,
                    null,
                    null,
                    null,
                    null,
                    1,
                    null,
                    RecordState.DELIVERED,
                    1));
        }
        return Commit.of(1, Kind.MESSAGE, "lane" + lane)
                .withPosition("entry#" + n)
                .withRows(rows)
                .withRefused(List.of(Given.refusal("m" + lane + "-" + n, "bad", "no-time")))
                .withTally(Tally.NONE.plus("message", Tally.What.DELIVERED, 3));
    }
}
