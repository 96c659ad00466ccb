package dev.caravan.ledger;

import java.util.ArrayList;
import java.util.List;

import dev.caravan.model.Finding;
import dev.caravan.model.Kind;
import dev.caravan.model.StageSlot;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What was loaded into the target is remembered as it was. */
class ImportsTest extends LedgerContract {

    private static final Key FIRST = new Key(5_000, "a");
    private static final Key SECOND = new Key(5_001, "b");
    private static final Key REPLY = new Key(9_000, "c");

    @Test
    void a_mark_keeps_what_was_staged_and_when_it_is_on_the_target() {
        sealed(1);

        assertThat(ledger.imports().mark(1)).isTrue();
        assertThat(ledger.imports().mark(2)).isFalse();
        assertThat(ledger.seals().all()).extracting(Seal::imported).containsExactly(true);
        assertThat(read(ledger.imports().imported(1)))
                .extracting(one -> one.key().id() + " " + one.imported())
                .containsExactly("a 5", "b 6", "c 9");
    }

    @Test
    void a_record_replaced_since_is_told_apart_from_what_was_imported() {
        sealed(1);
        ledger.imports().mark(1);
        var moved = new Key(4_000, "0");
        var edited = Given.message(1, REPLY, moved);
        commit(List.of(new Row(
                Kind.MESSAGE,
                1,
                REPLY,
                edited.version() + 1,
                Given.hash("edited"),
                null,
                moved,
                new StageSlot(7, 0, 3),
                2,
                null,
                RecordState.DELIVERED,
                2)));
        commit(List.of(Given.message(1, new Key(5_002, "new"), null)));

        var byThread = read(ledger.imports().byThread(2, 1));
        assertThat(byThread).extracting(one -> one.row().key().id()).containsExactly("a", "c", "b", "new");
        var reply = byThread.get(1);
        assertThat(reply.isChangedSince()).isTrue();
        assertThat(reply.imported().root()).isEqualTo(FIRST);
        assertThat(reply.imported().objects()).isEqualTo(1);
        assertThat(reply.imported().slot()).isEqualTo(new StageSlot(1, 90_000, 10));
        assertThat(byThread.get(0).isChangedSince()).isFalse();
        assertThat(byThread.get(3).isImported()).isFalse();
        assertThat(read(ledger.imports().byTime(1)))
                .containsExactly(
                        new Timed(FIRST, 1, 5L),
                        new Timed(SECOND, 1, 6L),
                        new Timed(new Key(5_002, "new"), 1, null),
                        new Timed(REPLY, 1, 9L));
    }

    @Test
    void a_second_mark_leaves_what_the_first_one_kept() {
        sealed(1);
        ledger.imports().mark(1);
        ledger.seals().begin(2);
        commit(List.of(Given.message(1, new Key(5_002, "new"), null)));
        ledger.seals().assign(2, List.of(new AssignedTime(1, new Key(5_002, "new"), 7)));
        ledger.seals().add(1, 2, 18, "package-2.zip", "cd", 5, "in", Tally.NONE);
        ledger.imports().mark(2);

        assertThat(read(ledger.imports().imported(1)))
                .extracting(one -> one.key().id() + " " + one.imported())
                .containsExactly("a 5", "b 6", "new 7", "c 9");
    }

    @Test
    void a_new_seal_begins_with_the_times_that_were_imported_and_without_findings_of_an_interrupted_one() {
        sealed(1);
        ledger.imports().mark(1);
        ledger.seals().assign(2, List.of(new AssignedTime(1, FIRST, 99)));
        ledger.seals().found(1, 2, List.of(new Finding("long", "message", "a", "")));
        ledger.seals().begin(2);
        ledger.seals().found(1, 2, List.of(new Finding("wide", "message", "a", "")));

        var assigned = new ArrayList<AssignedTime>();
        try (var times = ledger.seals().assigned(2, 1)) {
            times.forEachRemaining(assigned::add);
        }
        assertThat(assigned).containsExactly(new AssignedTime(1, SECOND, 6));
        assertThat(ledger.findings().page(1, null, 0, 10))
                .extracting(one -> one.finding().rule())
                .containsExactly("wide");
    }

    private void sealed(int number) {
        commit(List.of(Given.message(1, FIRST, null), Given.message(1, SECOND, null), Given.message(1, REPLY, FIRST)));
        ledger.seals().begin(number);
        ledger.seals().assign(number, List.of(new AssignedTime(1, SECOND, 6)));
        ledger.seals().add(1, number, 17, "package.zip", "ab", 5, "in", Tally.NONE);
    }

    private static <T> List<T> read(Cursor<T> cursor) {
        var all = new ArrayList<T>();
        try (cursor) {
            cursor.forEachRemaining(all::add);
        }
        return all;
    }
}
