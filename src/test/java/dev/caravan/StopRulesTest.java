package dev.caravan;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

import dev.caravan.ledger.Run;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Twelve messages in batches of three; half of the first six are dead letters, and none of the others. */
class StopRulesTest {

    private static final Set<Integer> BROKEN = Set.of(0, 2, 4);

    @TempDir
    Path folder;

    @Test
    void a_run_ends_above_its_share_of_dead_letters_and_goes_on_when_it_is_given_again() {
        var chat = chat();
        chat.migration
                .with("caravan.stop.minimum", "2")
                .with("caravan.stop.run-dead-letters", "0.1")
                .with("caravan.stop.lane-dead-letters", "1");

        assertThatThrownBy(chat.migration::run).satisfies(problem("CRV-431"));
        assertThat(chat.sink.delivered).containsExactly(1);

        assertThat(chat.migration.with("caravan.stop.minimum", "3").run()).isEqualTo(Run.State.COMPLETED);
        assertThat(chat.sink.delivered).isEqualTo(ToyChat.allBut(12, BROKEN));
        assertThat(chat.count(Tally.What.DEAD)).isEqualTo(3);
    }

    @Test
    void a_lane_is_read_no_further_above_its_share_of_dead_letters_and_the_run_is_not_completed() {
        var chat = chat();
        chat.migration
                .with("caravan.stop.minimum", "3")
                .with("caravan.stop.run-dead-letters", "1")
                .with("caravan.stop.lane-dead-letters", "0.4");

        assertThatThrownBy(chat.migration::run).satisfies(problem("CRV-432"));
        assertThat(chat.sink.delivered).containsExactly(1, 3, 5);

        assertThat(chat.migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(chat.sink.delivered).isEqualTo(ToyChat.allBut(12, BROKEN));
    }

    @Test
    void fewer_dead_letters_than_the_minimum_stop_nothing() {
        var chat = chat();
        chat.migration
                .with("caravan.stop.minimum", "4")
                .with("caravan.stop.run-dead-letters", "0")
                .with("caravan.stop.lane-dead-letters", "0");

        assertThat(chat.migration.run()).isEqualTo(Run.State.COMPLETED);
    }

    @Test
    void a_stop_that_comes_before_the_run_has_begun_is_not_lost() {
        var chat = chat();
        chat.migration.current().stop();

        assertThat(chat.migration.run()).isEqualTo(Run.State.INTERRUPTED);
        assertThat(chat.sink.delivered).isEmpty();

        chat.migration.current().afresh();
        assertThat(chat.migration.run()).isEqualTo(Run.State.COMPLETED);
    }

    private ToyChat chat() {
        return new ToyChat(folder, 12, BROKEN, 3);
    }

    private static Consumer<Throwable> problem(String code) {
        return thrown -> assertThat(((Problem) thrown).code()).isEqualTo(code);
    }
}
