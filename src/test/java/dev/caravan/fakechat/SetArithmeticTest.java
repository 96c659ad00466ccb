package dev.caravan.fakechat;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SetArithmeticTest {

    private static final Map<String, List<String>> SENT = Map.of("a", List.of("1", "2", "3", "4"), "b", List.of("5"));

    @Test
    void theSameHolds() {
        assertThat(SetArithmetic.of(SENT, SENT).holds()).isTrue();
    }

    @Test
    void everythingThatCanBeWrongIsNamed() {
        var found = SetArithmetic.of(SENT, Map.of("a", List.of("1", "3", "2", "3", "5")));

        assertThat(found.lost()).containsExactly("a/4", "b/5");
        assertThat(found.doubled()).containsExactly("a/3");
        assertThat(found.strangers()).containsExactly("a/5");
        assertThat(found.outOfOrder()).containsExactly("a/2");
        assertThat(found.holds()).isFalse();
        assertThat(found)
                .hasToString(
                        """
                        1 doubled: a/3
                        2 lost: a/4, b/5
                        1 out of order: a/2
                        1 strangers: a/5""");
    }

    @Test
    void theDeadAreNotLostAndMustNotBeThere() {
        var without3 = Map.of("a", List.of("1", "2", "4"), "b", List.of("5"));

        assertThat(SetArithmetic.of(SENT, without3, Set.of("3")).holds()).isTrue();
        assertThat(SetArithmetic.of(SENT, SENT, Set.of("3")).strangers()).containsExactly("a/3");
    }
}
