package dev.caravan.transform.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ReferencesTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("no reference", ""),
                arguments("[@a](caravan:user/U1)", "USER U1"),
                arguments("**[@a](caravan:user/U1)**, [#c](caravan:channel/C1)", "USER U1,CHANNEL C1"),
                arguments("[@here](caravan:group/here) [@d](caravan:group/S1)", "GROUP here,GROUP S1"),
                arguments(
                        "[m](caravan:message/C1/1700000000.000100 \"https://x.slack.com/a?b=\\\"c\\\"\")",
                        "MESSAGE C1/1700000000.000100"),
                arguments("[a \\] b](caravan:user/U1)", "USER U1"),
                arguments("[@a](caravan:user/U1)[@a](caravan:user/U1)", "USER U1,USER U1"),
                arguments("\\[@a](caravan:user/U1)", ""),
                arguments("`[@a](caravan:user/U1)`", ""),
                arguments("`` ` [@a](caravan:user/U1) ``", ""),
                arguments("\\`[@a](caravan:user/U1)\\`", "USER U1"),
                arguments("` [@a](caravan:user/U1)", "USER U1"),
                arguments("```\n[@a](caravan:user/U1)\n```\n[@b](caravan:user/U2)", "USER U2"),
                arguments("````\n```\n[@a](caravan:user/U1)\n````", ""),
                arguments("> ```\n> [@a](caravan:user/U1)\n> ```\n\n[@b](caravan:user/U2)", "USER U2"),
                arguments("- ```\n  [@a](caravan:user/U1)\n  ```", ""),
                arguments("<https://x.org/[a](caravan:user/U1)>", ""),
                arguments("[x](https://x.org) [[@a](caravan:user/U1)", "USER U1"),
                arguments("[x](caravan:planet/U1) [x](caravan:user/)", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void areFoundOutsideCode(String text, String expected) {
        assertThat(References.in(text).stream()
                        .map(r -> r.kind() + " " + r.id())
                        .collect(Collectors.joining(",")))
                .isEqualTo(expected);
    }

    @Property(tries = 2000)
    void areThoseAFullParserFinds(@ForAll("canonical") String text) {
        assertThat(References.in(text)).isEqualTo(byFullParser(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "`", "``` ", "[a](", "`a`", "~~~", "]("})
    void areSoughtInReasonableTimeInHostileText(String unit) {
        String text = unit.repeat(200_000 / unit.length()) + "](caravan:user/U1)";
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> References.in(text));
    }

    private static List<Reference> byFullParser(String text) {
        List<Reference> found = new ArrayList<>();
        Rendered.parse(text).accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                if (link.getDestination().startsWith("caravan:")) {
                    found.add(Reference.parse(link.getDestination()));
                }
            }
        });
        return found;
    }

    /** What Caravan writes: mrkdwn turned canonical. */
    @Provide
    Arbitrary<String> canonical() {
        return Arbitraries.of(
                        "<@U1>",
                        "<#C1|g_*]`>",
                        "<!here>",
                        "`",
                        "```",
                        "*",
                        "_",
                        "~",
                        "\n",
                        "\n\n",
                        "&gt; ",
                        "a",
                        " ",
                        "[",
                        "]",
                        "\\",
                        "(",
                        ")",
                        "<https://x.org|l>",
                        "<https://x.slack.com/archives/C1/p1700000000000100>",
                        "!",
                        "- ",
                        "1. ")
                .list()
                .ofMaxSize(20)
                .map(parts -> new SlackMarkup().mrkdwn(String.join("", parts)));
    }
}
