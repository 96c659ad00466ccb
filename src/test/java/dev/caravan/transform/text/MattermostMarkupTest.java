package dev.caravan.transform.text;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class MattermostMarkupTest {
    private static final Map<String, String> NAMES = Map.of(
            "caravan:user/U1", "@alice",
            "caravan:user/U2", "@bob.b-1",
            "caravan:channel/C1", "~town-square",
            "caravan:group/here", "@here",
            "caravan:group/channel", "@channel",
            "caravan:group/everyone", "@all",
            "caravan:message/C1/2.0", "https://mm.example.com/pl/x");
    private static final Set<String> USERS = Set.of("alice", "bob.b-1");
    private static final Set<String> CHANNELS = Set.of("town-square");
    private static final Function<String, String> RESOLVER = NAMES::get;

    private final MattermostMarkup mattermost = new MattermostMarkup();

    /** Canonical, Mattermost, and canonical again if that differs. */
    static Stream<Arguments> bothWays() {
        String alice = "[@alice](caravan:user/alice)";
        return Stream.of(
                arguments("plain **bold** `code`", "plain **bold** `code`", "plain **bold** `code`"),
                arguments("hi [@Al](caravan:user/U1)!", "hi @alice!", "hi " + alice + "!"),
                arguments("[@b](caravan:user/U2).", "@bob.b-1.", "[@bob.b-1](caravan:user/bob.b-1)."),
                arguments("[#g](caravan:channel/C1)", "~town-square", "[~town-square](caravan:channel/town-square)"),
                arguments("[@here](caravan:group/here)", "@here", "[@here](caravan:group/here)"),
                arguments("[@channel](caravan:group/channel)", "@channel", "[@channel](caravan:group/channel)"),
                arguments("[@everyone](caravan:group/everyone)", "@all", "[@all](caravan:group/everyone)"),
                arguments("**[@a](caravan:user/U1)**", "**@alice**", "**" + alice + "**"),
                // unresolved
                arguments("[@gone](caravan:user/U9)", "@gone", "@gone"),
                arguments("[@alice](caravan:user/U9)", "&#64;alice", "@alice"),
                arguments("[@devs](caravan:group/S9)", "@devs", "@devs"),
                arguments(
                        "[that](caravan:message/C1/1.0 \"https://x.org/?a=b\")",
                        "[that](https://x.org/?a=b)",
                        "[that](https://x.org/?a=b)"),
                arguments("[that](caravan:message/C1/1.0)", "that", "that"),
                arguments(
                        "[that](caravan:message/C1/2.0 \"https://x.org\")",
                        "https://mm.example.com/pl/x",
                        "https://mm.example.com/pl/x"),
                // mentions that would run into their neighbours
                arguments("[@a](caravan:user/U1)foo", "@alice\u200Bfoo", alice + "foo"),
                arguments("foo[@a](caravan:user/U1)", "foo\u200B@alice", "foo" + alice),
                arguments("[@a](caravan:user/U1)[@a](caravan:user/U1)", "@alice\u200B@alice", alice + alice),
                arguments("_[@a](caravan:user/U1)_", "_\u200B@alice_", "_" + alice + "_"),
                arguments("[@a](caravan:user/U1)的", "@alice的", alice + "的"),
                arguments("[@a](caravan:user/U1)-team", "@alice\u200B-team", alice + "-team"),
                arguments(
                        "~~[#g](caravan:channel/C1)~~",
                        "~~\u200B~town-square~~",
                        "~~[~town-square](caravan:channel/town-square)~~"),
                // literal names
                arguments("ask @alice", "ask &#64;alice", "ask @alice"),
                arguments("ask @nobody", "ask @nobody", "ask @nobody"),
                arguments("ask @all.", "ask &#64;all.", "ask @all."),
                arguments("x@alice", "x@alice", "x@alice"),
                arguments("\\~town-square \\~5", "&#126;town-square \\~5", "\\~town-square \\~5"),
                arguments("~5", "~5", "\\~5"),
                arguments(
                        "[by @alice](https://x.org/@alice)",
                        "[by &#64;alice](https://x.org/@alice)",
                        "[by @alice](https://x.org/@alice)"),
                arguments("<https://x.org/@alice>", "<https://x.org/@alice>", "<https://x.org/@alice>"),
                // code
                arguments(
                        "`@alice [@a](caravan:user/U1)`",
                        "`@alice [@a](caravan:user/U1)`",
                        "`@alice [@a](caravan:user/U1)`"),
                arguments(
                        "```\n@alice :+1::skin-tone-2:\n```",
                        "```\n@alice :+1::skin-tone-2:\n```",
                        "```\n@alice :+1::skin-tone-2:\n```"),
                // emoji
                arguments(":+1::skin-tone-2:", ":+1_light_skin_tone:", ":+1::skin-tone-2:"),
                arguments(":wave::skin-tone-3:", ":wave_medium_light_skin_tone:", ":wave::skin-tone-3:"),
                arguments(":wave::skin-tone-4:", ":wave_medium_skin_tone:", ":wave::skin-tone-4:"),
                arguments(":wave::skin-tone-5:", ":wave_medium_dark_skin_tone:", ":wave::skin-tone-5:"),
                arguments(":wave::skin-tone-6:", ":wave_dark_skin_tone:", ":wave::skin-tone-6:"),
                arguments(":wave::skin-tone-7:", ":wave::skin-tone-7:", ":wave::skin-tone-7:"),
                arguments(":smile: 10:30:15", ":smile: 10:30:15", ":smile: 10:30:15"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bothWays")
    void writesAndReadsCanonicalText(String canonical, String written, String readBack) {
        assertThat(write(canonical)).isEqualTo(written);
        assertThat(read(written)).isEqualTo(readBack);
        assertThat(mattermost.normalise(canonical, RESOLVER)).isEqualTo(readBack);
    }

    @ParameterizedTest
    @CsvSource({
        "@Alice, [@Alice](caravan:user/Alice)",
        "(@alice), ([@alice](caravan:user/alice))",
        "@alice..., [@alice](caravan:user/alice)...",
        "a_@alice, a_@alice",
        "~Town-Square!, [~Town-Square](caravan:channel/Town-Square)!",
        "[see @alice](https://x.org), [see @alice](https://x.org)"
    })
    void readsMentionsAsMattermostDoes(String text, String canonical) {
        assertThat(read(text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "**a** :smile:", "C:\\x & <https://x.org>"})
    void leavesTextWithoutMentionsAlone(String text) {
        assertThat(mattermost.fromCommonMark(text, RESOLVER)).isSameAs(text);
        assertThat(read(text)).isSameAs(text);
        assertThat(mattermost.normalise(text, RESOLVER)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource({
        "thumbsup, thumbsup",
        "+1::skin-tone-3, +1_medium_light_skin_tone",
        "-1::skin-tone-6, -1_dark_skin_tone",
        "party_parrot-2, party_parrot-2",
        "caf\u00e9, caf_850f7dc4",
        "\u65e5\u672c, emoji_cf2abf0c",
        "a.b, ab_2e7336dc"
    })
    void namesReactions(String slackName, String name) {
        assertThat(mattermost.reaction(slackName)).isEqualTo(name);
    }

    @Property
    void reactionNamesAreAlwaysAllowedAndStable(@ForAll String slackName) {
        assertThat(mattermost.reaction(slackName))
                .matches("[A-Za-z0-9+_-]{1,64}")
                .isEqualTo(mattermost.reaction(slackName));
    }

    @Property(tries = 5000)
    void comesBackInNormalForm(@ForAll("canonical") String canonical) {
        String written = write(canonical);
        assertThat(read(written)).as(written).isEqualTo(mattermost.normalise(canonical, RESOLVER));
    }

    @Property(tries = 2000)
    void comesBackInNormalFormWhereAnyNameIsProtected(@ForAll("canonical") String canonical) {
        String written = mattermost.fromCommonMark(canonical, RESOLVER);
        assertThat(read(written)).as(written).isEqualTo(mattermost.normalise(canonical, RESOLVER));
    }

    @Property(tries = 2000)
    void neverThrowsOnAnything(@ForAll("fragments") String text) {
        assertThat(read(write(text))).isNotNull();
        assertThat(mattermost.normalise(text, RESOLVER)).isNotNull();
    }

    /** Canonical text as Caravan's own writers make it. */
    @Provide
    Arbitrary<String> canonical() {
        return Arbitraries.of(
                        "<@U1>",
                        "<@U2>",
                        "<@U9|alice>",
                        "<#C1|x>",
                        "<#C9|town-square>",
                        "<!here>",
                        "<!everyone>",
                        "<!subteam^S9|@d>",
                        "<https://x.slack.com/archives/C1/p1700000000000100|@alice>",
                        "<https://x.org/@alice|by @alice>",
                        "<https://x.org/~town-square>",
                        " @alice",
                        " ~town-square",
                        "@",
                        "~",
                        "`",
                        "```\n",
                        "*",
                        "_",
                        "\n",
                        "\n\n",
                        "&gt; ",
                        "a",
                        "的",
                        " ",
                        " ",
                        ".",
                        "-",
                        "&amp;",
                        "#64;alice",
                        "\u200B",
                        ":+1:",
                        ":skin-tone-3:",
                        ":a_medium:",
                        ":b_dark_skin_tone:",
                        "@all",
                        "[",
                        "\\")
                .list()
                .ofMaxSize(12)
                .map(parts -> new SlackMarkup().mrkdwn(String.join("", parts)));
    }

    @Provide
    Arbitrary<String> fragments() {
        return Arbitraries.of(
                        "[",
                        "]",
                        "(",
                        ")",
                        "](caravan:",
                        "user/U1",
                        "\"",
                        "`",
                        "~",
                        "@",
                        "&#64;",
                        "\\",
                        "<",
                        ">",
                        ":",
                        "\n",
                        "a",
                        " ")
                .list()
                .ofMaxSize(25)
                .map(parts -> String.join("", parts));
    }

    private String write(String canonical) {
        return mattermost.fromCommonMark(canonical, RESOLVER, USERS::contains, CHANNELS::contains);
    }

    private String read(String text) {
        return mattermost.toCommonMark(text, USERS::contains, CHANNELS::contains);
    }
}
