package dev.caravan.command;

import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** Help comes in both languages, with a word for every option. */
class DeadLettersHelpTest {

    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    @ParameterizedTest
    @ValueSource(strings = {"list", "show", "edit", "replay", "waive"})
    void every_option_is_explained_in_english_and_in_chinese(String verb) {
        assertThat(help("en", verb)).doesNotContainPattern(HAN);
        assertThat(help("zh", verb)).containsPattern(HAN);
        for (var argument : command("en", verb).getCommandSpec().args()) {
            var spec = argument.descriptionKey();
            assertThat(command("en", verb).getResourceBundle().containsKey(spec))
                    .as(spec)
                    .isTrue();
        }
    }

    private static String help(String language, String verb) {
        return command(language, verb).getUsageMessage();
    }

    private static CommandLine command(String language, String verb) {
        return CaravanCommand.parser(CommandLine.defaultFactory(), "--lang", language)
                .getSubcommands()
                .get("dead-letters")
                .getSubcommands()
                .get(verb);
    }
}
