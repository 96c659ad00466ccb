package dev.caravan.ledger;

import java.time.Duration;
import java.util.List;

import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OneWriterTest extends LedgerContract {

    @Test
    void a_second_writer_is_refused_with_the_holder_named_and_the_first_is_not_disturbed() {
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> Ledger.open(address()))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("CRV-301")
                    .hasMessageContaining("@" + ledger.holder().owner().split("@")[1])
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
                    .hasMessageContaining(ledger.holder().since().toString());
        }

        commit(Given.messages(1, 0, 1));
        assertThat(ledger.records().counts(Kind.MESSAGE)).hasSize(1);
    }

    @Test
    void a_holder_that_lost_the_lease_without_knowing_writes_nothing_more() throws Exception {
        commit(Given.messages(1, 0, 1));
        database.takeLockAway(address());
        try (var next = Ledger.open(address())) {
            assertThatThrownBy(() -> commit(Given.messages(1, 1, 2)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("CRV-302");
            assertThatThrownBy(this::run).isInstanceOf(Problem.class).hasMessageContaining("CRV-302");

            next.commit(Commit.of(1, Kind.MESSAGE, "C1").withRows(Given.messages(1, 2, 3)));

            assertThat(next.records().find(Kind.MESSAGE, 1, List.of(new Key(1, "m1"), new Key(2, "m2"))))
                    .extracting(row -> row.key().id())
                    .containsExactly("m2");
        }
    }

    @Test
    void a_holder_is_certain_while_its_transactions_pass_and_whoever_took_over_from_one_that_may_live_waits_as_long()
            throws Exception {
        assertThat(ledger.formerWritesFor()).isZero();
        commit(Given.messages(1, 0, 1));
        assertThat(ledger.isCertain()).isTrue();

        database.takeLockAway(address());
        try (var next = Ledger.open(address())) {
            assertThat(next.isCertain()).isTrue();
            // A lock of SQLite is lost with the process alone; this test took it by force.
            assertThat(next.formerWritesFor())
                    .isEqualTo(database == TestDatabase.SQLITE ? Duration.ZERO : Certainty.LASTS);
        }
        try (var last = Ledger.open(address())) {
            assertThat(last.formerWritesFor()).isZero();
        }
    }

    @Test
    void the_lease_is_free_after_closing_and_its_epoch_grows() {
        long first = ledger.holder().epoch();
        ledger.close();
        ledger = Ledger.open(address());

        assertThat(ledger.holder().epoch()).isEqualTo(first + 1);
    }

    @Test
    void readers_need_no_lease_see_what_is_committed_and_cannot_write() {
        commit(Given.messages(1, 0, 3));
        try (var reader = Ledger.openReadOnly(address())) {
            commit(Given.messages(1, 3, 5));

            assertThat(reader.records().counts(Kind.MESSAGE).get(0).records()).isEqualTo(5);
            assertThat(reader.holder().owner())
                    .endsWith(" " + ProcessHandle.current().pid());
            assertThatThrownBy(() -> reader.runs().complete(1)).isInstanceOf(IllegalStateException.class);
        }
        ledger.close();
        try (var reader = Ledger.openReadOnly(address())) {
            assertThat(reader.records().counts(Kind.MESSAGE).get(0).records()).isEqualTo(5);
        }
    }

    @Test
    void a_closed_ledger_refuses_to_read_and_write() {
        ledger.close();

        assertThatThrownBy(() -> commit(Given.messages(1, 0, 1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.stage().version()).isInstanceOf(IllegalStateException.class);
    }
}
