package dev.caravan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

import dev.caravan.ledger.Run;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.letters.Selection;
import dev.caravan.model.Tally.What;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of the neighbours when a record is bad, and of the run when its surroundings fail. */
class RoadFaultsTest {

    private static final int MESSAGES = 20;

    private Path folder;

    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("caravan-faults");
    }

    @AfterTry
    void removeFolder() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Provide
    Arbitrary<Set<Integer>> some() {
        return Arbitraries.integers().between(0, MESSAGES - 1).set().ofMaxSize(MESSAGES);
    }

    @Property(tries = 8)
    void a_bad_record_neither_stops_nor_reorders_its_neighbours(@ForAll("some") Set<Integer> bad) {
        var chat = new ToyChat(folder, MESSAGES, bad, 7);

        assertThat(chat.migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(chat.sink.delivered).isEqualTo(ToyChat.allBut(MESSAGES, bad));
        assertThat(chat.count(What.DEAD)).isEqualTo(bad.size());
    }

    @Property(tries = 8)
    void halving_finds_exactly_the_records_an_all_or_nothing_sink_refuses(@ForAll("some") Set<Integer> poisoned) {
        halving(poisoned);
    }

    @Example
    void halving_ends_when_every_record_is_refused() {
        halving(new TreeSet<>(ToyChat.allBut(MESSAGES, Set.of())));
    }

    @Example
    void a_sink_that_refuses_nothing_gets_whole_batches() {
        assertThat(halving(Set.of()).sink.calls).isEqualTo(3);
    }

    private ToyChat halving(Set<Integer> poisoned) {
        var chat = new ToyChat(folder, MESSAGES, Set.of(), 7);
        chat.sink.poisoned.addAll(poisoned);

        assertThat(chat.migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(chat.sink.delivered).isEqualTo(ToyChat.allBut(MESSAGES, poisoned));
        assertThat(chat.dead()).isEqualTo(poisoned);
        assertThat(chat.count(What.DEAD)).isEqualTo(poisoned.size());
        return chat;
    }

    @Example
    void a_sink_that_fails_three_times_is_tried_a_fourth_time() {
        var chat = failing(3);

        assertThat(chat.migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(chat.sink.delivered).isEqualTo(ToyChat.allBut(MESSAGES, Set.of()));
    }

    @Example
    void a_sink_that_fails_for_good_stops_the_run_which_then_goes_on_where_it_was() {
        var chat = failing(Integer.MAX_VALUE);
        chat.migration.with("caravan.delivery.give-up-after", "PT0.2S");

        assertThatThrownBy(chat.migration::run)
                .hasMessageContaining("CRV-430")
                .hasMessageContaining("the line is dead");
        chat.sink.failures = 0;
        assertThat(chat.sink.delivered).hasSize(7);
        assertThat(chat.count(What.READ)).isEqualTo(7);
        assertThat(chat.migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(chat.sink.delivered).isEqualTo(ToyChat.allBut(MESSAGES, Set.of()));
        assertThat(chat.count(What.READ)).isEqualTo(MESSAGES);
        assertThat(chat.count(What.DEAD)).isZero();
    }

    @Example
    void a_replay_that_was_killed_sends_only_the_rest_when_it_is_asked_for_again() {
        var chat = new ToyChat(folder, MESSAGES, Set.of(), MESSAGES);
        chat.migration.with("caravan.batch-size", "4");
        var all = ToyChat.allBut(MESSAGES, Set.of());
        chat.sink.poisoned.addAll(all);
        chat.migration.run();
        chat.sink.poisoned.clear();
        chat.sink.failsAfter = 10;
        chat.sink.failures = Integer.MAX_VALUE;
        chat.migration.with("caravan.delivery.give-up-after", "PT0.2S");

        assertThatThrownBy(() -> chat.migration.replay(Selection.ALL)).hasMessageContaining("CRV-430");
        chat.sink.failures = 0;
        assertThat(chat.sink.delivered).hasSize(8);
        assertThat(chat.count(What.DEAD)).isEqualTo(MESSAGES - 8);
        assertThat(chat.migration.replay(Selection.ALL)).isEqualTo(Run.State.COMPLETED);

        assertThat(chat.sink.delivered).isEqualTo(all);
        assertThat(chat.count(What.DEAD)).isZero();
        assertThat(chat.count(What.DELIVERED)).isEqualTo(MESSAGES);
        assertThat(chat.count(What.READ)).isEqualTo(MESSAGES);
    }

    @Example
    void dead_letters_that_cannot_be_written_stop_the_run_before_its_checkpoint() throws SQLException {
        var chat = new ToyChat(folder, MESSAGES, Set.of(9), 7);
        new LedgerAccess(chat.migration.settings()).open().close();
        sql("CREATE TRIGGER full BEFORE INSERT ON dead_letter BEGIN SELECT RAISE(ABORT, 'full'); END");

        assertThatThrownBy(chat.migration::run).isInstanceOf(RuntimeException.class);
        assertThat(chat.count(What.READ)).isEqualTo(7);
        assertThat(chat.count(What.DEAD)).isZero();
        sql("DROP TRIGGER full");
        assertThat(chat.migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(chat.count(What.READ)).isEqualTo(MESSAGES);
        assertThat(chat.count(What.DEAD)).isEqualTo(1);
    }

    private ToyChat failing(int times) {
        var chat = new ToyChat(folder, MESSAGES, Set.of(), 7);
        chat.sink.failsAfter = 10;
        chat.sink.failures = times;
        return chat;
    }

    private void sql(String statement) throws SQLException {
        var file = folder.resolve("work").resolve("ledger.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }
}
