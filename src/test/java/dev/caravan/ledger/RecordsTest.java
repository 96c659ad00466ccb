package dev.caravan.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import dev.caravan.model.Kind;
import dev.caravan.model.Span;
import dev.caravan.model.StageSlot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecordsTest extends LedgerContract {

    @Test
    void every_field_of_a_row_comes_back() {
        var full = new Row(
                Kind.MESSAGE,
                7,
                new Key(1_700_000_000_123_456L, "C1/1700000000.123456"),
                1_700_000_001_000_000L,
                Given.hash("x"),
                new byte[] {9, 0, -1},
                new Key(1_600_000_000_000_000L, "C1/root"),
                new StageSlot(3, 5_000_000_000L, 412),
                2,
                "target-1",
                RecordState.UNCERTAIN,
                4);
        var bare = new Row(
                Kind.USER, 0, new Key(0, "U1"), 0, Given.hash("y"), null, null, null, 1, null, RecordState.INTENT, 4);

        commit(List.of(full, bare));

        assertThat(ledger.records().find(Kind.MESSAGE, 7, List.of(full.key())))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(full);
        assertThat(ledger.records().find(Kind.USER, 0, List.of(bare.key())))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(bare);
    }

    @Test
    void the_same_row_twice_is_there_once_with_its_last_values() {
        var intent = Given.message(1, 5);
        var delivered = new Row(
                Kind.MESSAGE,
                1,
                intent.key(),
                6,
                Given.hash("edited"),
                null,
                null,
                null,
                3,
                "t5",
                RecordState.DELIVERED,
                2);

        commit(List.of(intent, delivered, delivered));
        commit(List.of(delivered));

        assertThat(all(ledger.records().inOrder(Kind.MESSAGE, 1)))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(delivered);
    }

    @Test
    void known_gives_one_stretch_of_one_lane_after_exclusive_until_inclusive() {
        commit(Given.messages(1, 0, 20));
        commit(Given.messages(2, 0, 20));

        var known = ledger.records().known(Kind.MESSAGE, 1, new Span(4, 7));

        assertThat(known).extracting(k -> k.key().time()).containsExactly(5L, 6L, 7L);
        assertThat(known.get(0))
                .usingRecursiveComparison()
                .isEqualTo(new Known(new Key(5, "m5"), 5, Given.hash("m5"), RecordState.DELIVERED, 1, null));
    }

    @Test
    void find_answers_for_more_keys_than_one_question_takes() {
        commit(Given.messages(1, 0, 1300));
        var keys = new ArrayList<Key>();
        for (int time = 0; time < 2600; time += 2) {
            keys.add(new Key(time, "m" + time));
        }

        assertThat(ledger.records().find(Kind.MESSAGE, 1, keys))
                .hasSize(650)
                .allMatch(row -> row.key().time() % 2 == 0);
    }

    @Test
    void a_lane_is_read_by_time_then_by_the_bytes_of_the_id_whatever_the_order_of_writing() {
        var rows = new ArrayList<Row>();
        for (var id : List.of("B", "a", "b", "é", "z", "中", "-", "a-b", "aB")) {
            rows.add(Given.message(1, new Key(10, id), null));
        }
        rows.addAll(Given.messages(1, 0, 2500));
        Collections.shuffle(rows, new Random(1));
        for (int from = 0; from < rows.size(); from += 700) {
            commit(rows.subList(from, Math.min(rows.size(), from + 700)));
        }

        var keys = all(ledger.records().inOrder(Kind.MESSAGE, 1)).stream()
                .map(Row::key)
                .toList();

        assertThat(keys).hasSize(2509);
        assertThat(keys).extracting(Key::time).isSorted();
        assertThat(keys.stream().filter(key -> key.time() == 10).map(Key::id))
                .containsExactly("-", "B", "a", "a-b", "aB", "b", "m10", "z", "é", "中");
    }

    @Test
    void by_thread_every_root_is_followed_by_its_replies() {
        var first = Given.message(1, 10);
        var second = Given.message(1, 20);
        var late = Given.message(1, new Key(90, "late"), first.key());
        var early = Given.message(1, new Key(30, "early"), first.key());
        var other = Given.message(1, new Key(25, "other"), second.key());
        commit(List.of(first, second, other, early, late, Given.message(2, 15)));

        assertThat(all(ledger.records().byThread(1)))
                .extracting(row -> row.key().id())
                .containsExactly("m10", "early", "late", "m20", "other");
    }

    @Test
    void directory_kinds_are_read_by_source_id_and_by_target_id() {
        commit(List.of(user("U2", "anna"), user("U1", "bert"), user("U3", null)));

        assertThat(all(ledger.records().ofKind(Kind.USER)))
                .extracting(row -> row.key().id())
                .containsExactly("U1", "U2", "U3");
        assertThat(all(ledger.records().byTargetId(Kind.USER)))
                .extracting(row -> row.key().id())
                .containsExactly("U3", "U2", "U1");
    }

    @Test
    void counts_are_per_lane_and_state() {
        commit(Given.messages(1, 0, 3));
        commit(Given.messages(2, 0, 2));
        var uncertain = Given.message(2, 9);
        commit(List.of(new Row(
                Kind.MESSAGE,
                2,
                uncertain.key(),
                9,
                uncertain.hash(),
                null,
                null,
                null,
                4,
                null,
                RecordState.UNCERTAIN,
                1)));

        assertThat(ledger.records().counts(Kind.MESSAGE))
                .containsExactly(
                        new Records.Count(1, RecordState.DELIVERED, 3, 3),
                        new Records.Count(2, RecordState.DELIVERED, 2, 2),
                        new Records.Count(2, RecordState.UNCERTAIN, 1, 4));
    }

    @Test
    void an_open_cursor_sees_the_ledger_as_it_was_and_does_not_hold_up_writing() {
        commit(Given.messages(1, 0, 5000));
        try (var cursor = ledger.records().inOrder(Kind.MESSAGE, 1)) {
            cursor.next();
            commit(Given.messages(1, 5000, 6000));
            int read = 1;
            while (cursor.hasNext()) {
                cursor.next();
                read++;
            }
            assertThat(read).isEqualTo(5000);
        }
        assertThat(all(ledger.records().inOrder(Kind.MESSAGE, 1))).hasSize(6000);
    }

    @Test
    void the_stage_knows_the_length_of_every_segment_and_a_version_that_grows_with_every_change() {
        assertThat(ledger.stage().version()).isZero();
        commit(Given.messages(1, 0, 10));
        commit(Given.messages(2, 0, 3));
        commit(Given.messages(1, 4, 6));
        ledger.commit(Commit.of(1, Kind.MESSAGE, "C1").withPosition("only a checkpoint"));

        assertThat(ledger.stage().segments())
                .containsOnlyKeys(1, 2)
                .containsEntry(1, 100L)
                .containsEntry(2, 30L);
        assertThat(ledger.stage().version()).isEqualTo(3);
    }

    private static Row user(String id, String targetId) {
        return new Row(
                Kind.USER,
                0,
                new Key(0, id),
                0,
                Given.hash(id),
                null,
                null,
                null,
                1,
                targetId,
                RecordState.DELIVERED,
                1);
    }

    private static <T> List<T> all(Cursor<T> cursor) {
        try (cursor) {
            var all = new ArrayList<T>();
            cursor.forEachRemaining(all::add);
            return all;
        }
    }
}
