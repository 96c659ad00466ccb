package dev.caravan.ledger;

import java.util.List;

import dev.caravan.ledger.Requests.Request;
import dev.caravan.ledger.Requests.What;
import dev.caravan.model.Problem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a command asks of the process that writes. */
class RequestsTest extends LedgerContract {

    @Test
    void a_request_left_without_the_lease_is_carried_out_by_its_holder() {
        var left = Ledger.leave(address(), List.of(Request.of(What.PAUSE, "ann", "the chat is slow")));

        assertThat(ledger.requests().areDone(left)).isFalse();
        assertThat(ledger.requests().pause()).isEmpty();
        ledger.requests().carryOut();

        assertThat(ledger.requests().areDone(left)).isTrue();
        assertThat(ledger.requests().pause()).hasValueSatisfying(pause -> {
            assertThat(pause.by()).isEqualTo("ann");
            assertThat(pause.reason()).isEqualTo("the chat is slow");
        });
    }

    @Test
    void requests_are_carried_out_in_their_order_once() {
        Ledger.leave(address(), List.of(Request.of(What.PAUSE, "ann", null)));
        Ledger.leave(address(), List.of(Request.of(What.RESUME, "bob", null)));
        Ledger.leave(address(), List.of(Request.of(What.PAUSE, "cy", "first")));
        ledger.requests().carryOut();
        var first = ledger.requests().pause().orElseThrow();
        Ledger.leave(address(), List.of(Request.of(What.PAUSE, "ann", "second")));
        ledger.requests().carryOut();
        ledger.requests().carryOut();

        assertThat(first.by()).isEqualTo("cy");
        assertThat(ledger.requests().pause()).contains(new Pause(first.since(), "ann", "second"));
    }

    @Test
    void a_pause_outlives_the_process_until_somebody_resumes() {
        Ledger.leave(address(), List.of(Request.of(What.PAUSE, "ann", null)));
        ledger.requests().carryOut();
        ledger.close();
        ledger = Ledger.open(address());

        assertThat(ledger.requests().pause()).isPresent();
        Ledger.leave(address(), List.of(Request.of(What.RESUME, "ann", null)));
        assertThat(ledger.requests().pause()).isPresent();
        ledger.requests().carryOut();
        assertThat(ledger.requests().pause()).isEmpty();
    }

    @Test
    void what_is_asked_while_nobody_writes_waits_for_the_next_writer() {
        ledger.close();
        var left = Ledger.leave(address(), List.of(Request.of(What.PAUSE, "ann", null)));
        ledger = Ledger.open(address());

        assertThat(ledger.requests().areDone(left)).isFalse();
        ledger.requests().carryOut();
        assertThat(ledger.requests().areDone(left)).isTrue();
    }

    @Test
    void where_no_ledger_is_nothing_is_asked_and_nothing_made() {
        var nowhere = database.in(folder.resolve("nowhere"));

        assertThatThrownBy(() -> Ledger.leave(nowhere, List.of(Request.of(What.PAUSE, "ann", null))))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("CRV-303"));
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }
}
