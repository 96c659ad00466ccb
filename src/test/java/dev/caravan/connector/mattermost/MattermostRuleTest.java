package dev.caravan.connector.mattermost;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

import dev.caravan.ImportedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MattermostRuleTest {

    @Test
    void shouldHaveATestOfItsNameForEachRule() {
        var tests = Stream.of(
                        MattermostPostRulesTest.class,
                        MattermostPeopleRulesTest.class,
                        MattermostConversationRulesTest.class,
                        MattermostEmojiRulesTest.class,
                        MattermostSealRulesTest.class,
                        ImportedTest.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .toList();

        assertThat(tests)
                .containsAll(Stream.of(MattermostRule.values())
                        .map(MattermostRuleTest::camelCase)
                        .toList());
    }

    @Test
    void shouldHaveDistinctIds() {
        assertThat(MattermostRule.values())
                .extracting(MattermostRule::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("mattermost-"));
    }

    private static String camelCase(MattermostRule rule) {
        var words = rule.name().toLowerCase(Locale.ROOT).split("_");
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .reduce("", String::concat);
    }
}
