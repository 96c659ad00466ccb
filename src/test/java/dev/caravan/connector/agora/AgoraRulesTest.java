package dev.caravan.connector.agora;

import java.util.stream.Stream;

import dev.caravan.model.Words;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the sink can name it can say in words. */
class AgoraRulesTest {

    @Test
    void everyRuleHasWords() {
        assertThat(ServerRule.values()).allSatisfy(rule -> assertThat(Words.ENGLISH.find(rule.wordsKey()))
                .as(rule.id())
                .isPresent());
        assertThat(AgoraRule.values()).allSatisfy(rule -> assertThat(Words.ENGLISH.find("rule." + rule.id()))
                .as(rule.id())
                .isPresent());
    }

    @Test
    void everyWarningOfTheForecastHasWords() {
        assertThat(Stream.of(
                        "import-date",
                        "refused",
                        "outside-retention",
                        "groups-over-plan",
                        "groups-without-push",
                        "many-groups",
                        "users-over-groups",
                        "users-over-conversations"))
                .allSatisfy(warning -> assertThat(Words.ENGLISH.find("agora.forecast." + warning))
                        .isPresent());
    }

    @Test
    void everyCauseAndReasonHasWords() {
        var causes = Stream.of(
                "refused",
                "too-large",
                "group-history",
                "future-time",
                "no-group",
                "group-full",
                "author-outside",
                "file-gone",
                "file-too-large",
                "kind");
        assertThat(causes).allSatisfy(cause -> assertThat(Words.ENGLISH.find("cause.agora-" + cause))
                .isPresent());
        assertThat(Stream.of("forbidden", "changed-since", "in-use", "unreadable", "not-now"))
                .allSatisfy(reason ->
                        assertThat(Words.ENGLISH.find("kept." + reason)).isPresent());
    }
}
