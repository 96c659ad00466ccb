package dev.caravan.console.page;

import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class AccountRowsTest {

    @Test
    void what_was_filtered_and_found_is_told_by_rule_the_most_frequent_first_and_what_else_has_a_word_is_no_rule() {
        var account = Tally.NONE
                .plus("message", What.READ, 9)
                .plus("message", What.READ, Tally.REPLAYED, 2)
                .plus("message", What.FILTERED, "duplicate-id", 3)
                .plus("message", What.FINDING, "text-repaired", 4)
                .plus("reaction", What.FINDING, "text-repaired", 1)
                .plus("user", What.CREATED, "placeholder", 7);

        assertThat(new AccountRows(account).rules())
                .containsExactly(
                        new AccountRows.RuleRow("text-repaired", 5, true),
                        new AccountRows.RuleRow("duplicate-id", 3, false));
    }

    @Test
    void a_kind_adds_up_when_everything_read_has_an_end() {
        var account = Tally.NONE
                .plus("message", What.READ, 6)
                .plus("message", What.DELIVERED, 1)
                .plus("message", What.UNCHANGED, 2)
                .plus("message", What.FILTERED, "duplicate-id", 1)
                .plus("message", What.DEAD, 1)
                .plus("message", What.PARKED, 1)
                .plus("user", What.READ, 1);

        assertThat(new AccountRows(account).kinds((kind, read) -> 0))
                .extracting(AccountRows.KindRow::kind, AccountRows.KindRow::adds)
                .containsExactly(tuple("user", false), tuple("message", true));
    }
}
