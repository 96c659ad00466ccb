package dev.caravan.transform.text;

import java.time.Duration;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class MrkdwnTest {
    private final SlackMarkup slack = new SlackMarkup();

    static Stream<Arguments> mrkdwn() {
        return Stream.of(
                // styles
                arguments("*bold*", "**bold**"),
                arguments("_italic_", "_italic_"),
                arguments("~strike~", "~~strike~~"),
                arguments("*a* _b_ ~c~ `d`", "**a** _b_ ~~c~~ `d`"),
                arguments("*bold _both_ bold*", "**bold _both_ bold**"),
                arguments("_*both*_", "**_both_**"),
                arguments("~*_all_*~", "~~**_all_**~~"),
                arguments("(*bold*)", "(**bold**)"),
                arguments("*a*_b_", "**a**_b_"),
                arguments("*bold.*", "**bold.**"),
                arguments("*中文* 字", "**中文** 字"),
                // Slack's word boundaries
                arguments("2*3*4", "2\\*3\\*4"),
                arguments("snake_case_name", "snake_case_name"),
                arguments("* not bold *", "\\* not bold \\*"),
                arguments("*open", "\\*open"),
                arguments("**markdown**", "\\*\\*markdown\\*\\*"),
                arguments("*two\nlines*", "\\*two\nlines\\*"),
                arguments("中文*粗体*中文", "中文\\*粗体\\*中文"),
                arguments("*a b*c d*", "**a b\\*c d**"),
                // code
                arguments("`a*b*`", "`a*b*`"),
                arguments("`a &lt; b`", "`a < b`"),
                arguments("`<https://x.org|x>`", "`x`"),
                arguments("`` ` ``", "\\`\\` \\` \\`\\`"),
                arguments("```\nint a = 1 &amp;&amp; b;\n```", "```\nint a = 1 && b;\n```"),
                arguments("see ```code``` here", "see\n\n```\ncode\n```\n\nhere"),
                arguments("```a\n\n  b```", "```\na\n\n  b\n```"),
                arguments("```never closed", "\\`\\`\\`never closed"),
                // quotes
                arguments("&gt; quoted\nafter", "> quoted\n\nafter"),
                arguments("&gt;a\n&gt; *b*\nc", "> a\n> **b**\n\nc"),
                arguments("before\n&gt;&gt;&gt; a\nb\n\nc", "before\n\n> a\n> b\n>\n> c"),
                arguments("> raw", "> raw"),
                arguments("&gt; ```code```", "> ```\n> code\n> ```"),
                arguments("a &gt; b", "a > b"),
                // lists are literal in Slack's text
                arguments("• one\n• two", "• one\n• two"),
                arguments("- one\n- two", "\\- one\n\\- two"),
                arguments("1. one\n2) two", "1\\. one\n2\\) two"),
                // literal text that looks like markup
                arguments("# no heading", "\\# no heading"),
                arguments("#general", "#general"),
                arguments("title\n===", "title\n&#61;=="),
                arguments("title\n---", "title\n\\---"),
                arguments("a | b\n--- | ---\n1 | 2", "a | b\n\\--- | ---\n1 | 2"),
                arguments("[x](y)", "\\[x\\](y)"),
                arguments("!<https://x.org|x>", "\\![x](https://x.org)"),
                arguments("C:\\dir\\_x", "C:\\dir\\\\\\_x"),
                arguments("AT&amp;T &amp;copy; &lt;b&gt; 1 &lt; 2", "AT&T &amp;copy; &lt;b> 1 < 2"),
                arguments("&amp;lt;", "&amp;lt;"),
                arguments("~5 minutes", "\\~5 minutes"),
                arguments("a\n    indented", "a\n\u2002\u2002\u2002\u2002indented"),
                arguments("a\r\nb", "a\nb"),
                // links
                arguments("<https://x.org/a_b?c=1&amp;d=2>", "<https://x.org/a_b?c=1&d=2>"),
                arguments("<https://x.org|the *site*>", "[the \\*site\\*](https://x.org)"),
                arguments("<https://x.org|https://x.org>", "<https://x.org>"),
                arguments("*<https://x.org|x>*", "**[x](https://x.org)**"),
                arguments("<https://x.org/a_(b)|x>", "[x](https://x.org/a_(b))"),
                arguments("<https://x.org/a) b|x>", "[x](https://x.org/a%29%20b)"),
                arguments("<mailto:a@x.org|a@x.org>", "[a@x.org](mailto:a@x.org)"),
                arguments("<mailto:a@x.org>", "[a@x.org](mailto:a@x.org)"),
                arguments("<tel:+4930|+49 30>", "[+49 30](tel:+4930)"),
                arguments("<not a link>", "&lt;not a link>"),
                arguments(
                        "<https://x.slack.com/files/f.png?t=xoxe-1-2&amp;a=b>",
                        "<https://x.slack.com/files/f.png?a=b>"),
                // references
                arguments("hi <@U123>!", "hi [@U123](caravan:user/U123)!"),
                arguments("<@W1|bob>", "[@bob](caravan:user/W1)"),
                arguments("<#C1|general>", "[#general](caravan:channel/C1)"),
                arguments("<#C1|>", "[#C1](caravan:channel/C1)"),
                arguments("<#C1>", "[#C1](caravan:channel/C1)"),
                arguments(
                        "<!here> <!channel|channel>", "[@here](caravan:group/here) [@channel](caravan:group/channel)"),
                arguments("<!everyone>", "[@everyone](caravan:group/everyone)"),
                arguments("<!subteam^S1|@devs>", "[@devs](caravan:group/S1)"),
                arguments("<!subteam^S1>", "[@S1](caravan:group/S1)"),
                arguments("_<@U1>_", "_[@U1](caravan:user/U1)_"),
                arguments("<@U1|a_b*c]>", "[@a_b\\*c\\]](caravan:user/U1)"),
                arguments("<!date^1392734382^{date}|18 Feb>", "18 Feb"),
                arguments("<!date^1392734382^{date}^https://x.org/|18 Feb>", "[18 Feb](https://x.org/)"),
                arguments("<!odd^1|label>", "label"),
                arguments(
                        "<https://acme.slack.com/archives/C1/p1700000000000100>",
                        "[https://acme.slack.com/archives/C1/p1700000000000100]"
                                + "(caravan:message/C1/1700000000.000100"
                                + " \"https://acme.slack.com/archives/C1/p1700000000000100\")"),
                arguments(
                        "<https://acme.slack.com/archives/C1/p1700000000000100?thread_ts=1.2&amp;cid=C1|that>",
                        "[that](caravan:message/C1/1700000000.000100"
                                + " \"https://acme.slack.com/archives/C1/p1700000000000100?thread_ts=1.2&cid=C1\")"),
                arguments(
                        "<https://evil.org/x.slack.com/archives/C1/p1700000000000100|x>",
                        "[x](https://evil.org/x.slack.com/archives/C1/p1700000000000100)"),
                // emoji
                arguments(":white_check_mark: :+1::skin-tone-3: :-1:", ":white_check_mark: :+1::skin-tone-3: :-1:"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mrkdwn")
    void becomesCanonicalText(String mrkdwn, String canonical) {
        assertThat(slack.mrkdwn(mrkdwn)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello, world!",
                "two\nlines\n\nand a paragraph",
                "100% of 3.5 (a + b = c); x: \"y\" 'z' $1 ^",
                "snake_case and :white_check_mark:",
                "中文，日本語。 emoji 👍🏽",
                "2024 was good",
                "mail a@x.org #tag @home",
                "-5 degrees"
            })
    void returnsPlainTextItself(String text) {
        assertThat(slack.mrkdwn(text)).isSameAs(text);
    }

    @Test
    void isEmptyForNull() {
        assertThat(slack.mrkdwn(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*a ", "<", "<a", "`", "` ", "_*~", "~a~b", "[", "```", "&gt;", "&gt;a\n", "<@U1>", "*a*b"})
    void aHostileMessageComesToAnEnd(String unit) {
        String text = unit.repeat(200_000 / unit.length());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> slack.mrkdwn(text));
    }

    @Property(tries = 500)
    void neverThrows(@ForAll String text) {
        assertThatCode(() -> slack.mrkdwn(text)).doesNotThrowAnyException();
    }

    @Property(tries = 2000)
    void neverThrowsOnMarkup(@ForAll("markup") String text) {
        assertThatCode(() -> Rendered.text(slack.mrkdwn(text))).doesNotThrowAnyException();
    }

    @Property(tries = 3000)
    void keepsEveryLetter(@ForAll("markupWithoutTokens") String text) {
        assertThat(Rendered.letters(Rendered.text(slack.mrkdwn(text)))).isEqualTo(Rendered.letters(text));
    }

    @Property(tries = 3000)
    void keepsEveryCharacterOfTextWithoutSlackMarkup(@ForAll("foreignMarkup") String text) {
        assertThat(Rendered.withoutSpace(Rendered.text(slack.mrkdwn(text)))).isEqualTo(Rendered.withoutSpace(text));
    }

    @Provide
    Arbitrary<String> markup() {
        return pieces("<", ">", "<@U1>", "<https://x.org|x>", "&gt;", "&lt;", "&amp;", "*", "_", "~", "`", "```");
    }

    @Provide
    Arbitrary<String> markupWithoutTokens() {
        return pieces("*", "_", "~", "`", "```", "> ", "&", ":", "\r");
    }

    @Provide
    Arbitrary<String> foreignMarkup() {
        return pieces("&", ":", "=", "--", "copy", "1.", "2)", "http://x", "](y)", "![", "<b ", "|", "+");
    }

    private static Arbitrary<String> pieces(String... special) {
        Arbitrary<String> common = Arbitraries.of(
                "a", "b", " ", "  ", "\n", "\n\n", "1", ".", ")", "#", "-", "\\", "[", "]", "!", ";", "é", "中", "。",
                "\t", "😀", "\uFE0F");
        return Arbitraries.oneOf(common, Arbitraries.of(special))
                .list()
                .ofMaxSize(25)
                .map(list -> String.join("", list));
    }
}
