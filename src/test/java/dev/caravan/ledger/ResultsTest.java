package dev.caravan.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.caravan.model.Finding;
import dev.caravan.model.Kind;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Findings, seals and verifications: what people look at afterwards. */
class ResultsTest extends LedgerContract {

    @Test
    void findings_come_back_page_by_page_per_run_and_rule() {
        var many = IntStream.range(0, 120)
                .mapToObj(i -> new Finding(i % 3 == 0 ? "nul" : "bom", "message", "m" + i, "field text"))
                .toList();
        ledger.commit(Commit.of(1, Kind.MESSAGE, "C1").withFindings(many));
        ledger.commit(Commit.of(2, Kind.MESSAGE, "C1").withFindings(many.subList(0, 1)));

        var first = ledger.findings().page(1, "nul", 0, 30);
        var rest = ledger.findings().page(1, "nul", first.get(29).seq(), 30);

        assertThat(first).hasSize(30);
        assertThat(rest).hasSize(10);
        assertThat(rest.get(9).finding()).isEqualTo(many.get(117));
        assertThat(rest.get(9).lane()).isEqualTo("C1");
        assertThat(ledger.findings().page(1, null, 0, 1000))
                .extracting(Findings.Stored::finding)
                .isEqualTo(many);
    }

    @Test
    void seals_are_numbered_and_one_can_be_marked_imported() {
        assertThat(ledger.seals().nextNumber()).isEqualTo(1);
        ledger.seals().add(1, 1, 17, "package-1.zip", "ab", 4_000_000_000L, "in", Tally.NONE);
        ledger.seals().add(1, 2, 18, "package-2.zip", "cd", 5, "in", Tally.NONE);

        assertThat(ledger.imports().mark(1)).isTrue();
        assertThat(ledger.imports().mark(3)).isFalse();
        assertThat(ledger.seals().all()).extracting(Seal::imported).containsExactly(true, false);
        assertThat(ledger.seals().all().get(0).size()).isEqualTo(4_000_000_000L);
        assertThat(ledger.seals().last())
                .hasValueSatisfying(seal -> assertThat(seal.stageVersion()).isEqualTo(18));
        assertThat(ledger.seals().nextNumber()).isEqualTo(3);
    }

    @Test
    void an_interrupted_seal_is_made_again_from_nothing() {
        ledger.seals().assign(1, List.of(time(1, 10), time(1, 11)));
        ledger.seals().assign(2, List.of(time(1, 10)));
        ledger.seals().begin(1);
        ledger.seals().assign(1, List.of(time(1, 12), time(2, 10), time(1, 9)));

        var read = new ArrayList<AssignedTime>();
        try (var cursor = ledger.seals().assigned(1, 1)) {
            cursor.forEachRemaining(read::add);
        }

        assertThat(read).containsExactly(time(1, 9), time(1, 12));
    }

    @Test
    void differences_come_back_page_by_page_and_are_counted() {
        int number = ledger.verifications().start();
        var explained = new Difference(2, "bold-in-code", "message", "m1", "text", "12 -> 13 bytes");
        var missing = new Difference(1, null, "message", "m2", null, null);
        ledger.verifications().add(number, List.of(explained, missing, missing));
        ledger.verifications().complete(number, "{\"verdict\":\"different\"}");

        assertThat(ledger.verifications().last()).hasValueSatisfying(last -> {
            assertThat(last.number()).isEqualTo(1);
            assertThat(last.summary()).contains("different");
            assertThat(last.ended()).isNotNull();
        });
        var page = ledger.verifications().page(number, 0, 2);
        assertThat(page).extracting(Verifications.Stored::difference).containsExactly(explained, missing);
        assertThat(ledger.verifications().page(number, page.get(1).seq(), 2)).hasSize(1);
        assertThat(ledger.verifications().counts(number))
                .containsExactly(
                        new Verifications.Count(1, null, "message", 2),
                        new Verifications.Count(2, "bold-in-code", "message", 1));
        assertThat(ledger.verifications().start()).isEqualTo(2);
    }

    private static AssignedTime time(int lane, long time) {
        return new AssignedTime(lane, new Key(time, "m" + time), time + 1);
    }
}
