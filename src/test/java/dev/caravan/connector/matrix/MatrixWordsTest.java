package dev.caravan.connector.matrix;

import dev.caravan.model.Words;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person may be told of Matrix has words. */
class MatrixWordsTest {

    @ParameterizedTest
    @EnumSource
    void aReasonToStayHasWords(Kept kept) {
        assertThat(Words.ENGLISH.say("kept." + kept.reason())).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource
    void aRuleHasWords(MatrixRule rule) {
        assertThat(Words.ENGLISH.say("rule." + rule.id())).isNotBlank();
    }
}
