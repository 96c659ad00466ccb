package dev.caravan.ledger;

import java.time.Instant;
import java.util.List;

import dev.caravan.ledger.Ticks.Tick;
import dev.caravan.ledger.Ticks.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Ticked while the ledger is held for writing by somebody else: here by the test itself. */
class TicksTest extends LedgerContract {

    private static Tick message(int place, String id, String owner) {
        return new Tick(
                place, 1, id, "general", owner, Instant.ofEpochSecond(place + 1), true, Verdict.NONE, null, null, null);
    }

    @Test
    void what_people_found_is_kept_and_counted_by_owner() {
        var ticks = Ticks.of(address());
        ticks.replace(
                List.of(message(0, "C1/1", "anna"), message(1, "C1/2", "anna"), message(2, "D1/1", "anna, bruno")));

        assertThat(ticks.tick(0, Verdict.RIGHT, null, "eve")).isTrue();
        assertThat(ticks.tick(2, Verdict.WRONG, "a line is missing", "finn")).isTrue();
        assertThat(ticks.tick(3, Verdict.RIGHT, null, "eve")).isFalse();

        assertThat(ticks.progress())
                .extracting(Ticks.Progress::owner, Ticks.Progress::right, Ticks.Progress::wrong, Ticks.Progress::left)
                .containsExactly(tuple("anna", 1L, 0L, 1L), tuple("anna, bruno", 0L, 1L, 0L));
        assertThat(ticks.find(2)).hasValueSatisfying(tick -> {
            assertThat(tick.note()).isEqualTo("a line is missing");
            assertThat(tick.who()).isEqualTo("finn");
            assertThat(tick.ticked()).isNotNull();
        });
    }

    @Test
    void pages_go_by_place_and_owner() {
        var ticks = Ticks.of(address());
        ticks.replace(List.of(message(0, "C1/1", "anna"), message(1, "C2/1", "eve"), message(2, "C1/2", "anna")));

        assertThat(ticks.page("", -1, 2)).extracting(Tick::id).containsExactly("C1/1", "C2/1");
        assertThat(ticks.page("", 1, 2)).extracting(Tick::id).containsExactly("C1/2");
        assertThat(ticks.page("anna", -1, 9)).extracting(Tick::id).containsExactly("C1/1", "C1/2");
        assertThat(ticks.page("' OR '1' = '1", -1, 9)).isEmpty();
    }

    @Test
    void a_sample_drawn_anew_keeps_what_was_found_of_the_messages_in_both() {
        var ticks = Ticks.of(address());
        ticks.replace(List.of(message(0, "C1/1", "anna"), message(1, "C1/2", "anna")));
        ticks.tick(1, Verdict.WRONG, "cut off", "eve");

        ticks.replace(List.of(message(0, "C1/2", "anna"), message(1, "C1/9", "anna")));

        assertThat(ticks.page("", -1, 9))
                .extracting(Tick::id, Tick::verdict, Tick::note)
                .containsExactly(tuple("C1/2", Verdict.WRONG, "cut off"), tuple("C1/9", Verdict.NONE, null));
    }
}
