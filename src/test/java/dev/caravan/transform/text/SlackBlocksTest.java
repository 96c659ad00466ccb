package dev.caravan.transform.text;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class SlackBlocksTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final SlackMarkup slack = new SlackMarkup();

    private record Styled(String text, boolean bold, boolean italic, boolean strike, boolean code) {}

    /** Elements of one rich_text_section, with single quotes for JSON's double ones. */
    static Stream<Arguments> sections() {
        return Stream.of(
                arguments("{'type':'text','text':'plain'}", "plain"),
                arguments("{'type':'text','text':'a*b_c'}", "a\\*b_c"),
                arguments(
                        "{'type':'text','text':'x','style':{'bold':true,'italic':true,'strike':true}}", "~~**_x_**~~"),
                arguments("{'type':'text','text':'x`y','style':{'code':true}}", "``x`y``"),
                arguments(
                        "{'type':'text','text':'a '},{'type':'text','text':' b ','style':{'bold':true}},{'type':'text','text':'c'}",
                        "a  **b** c"),
                arguments(
                        "{'type':'text','text':'in','style':{'italic':true}},{'type':'text','text':'side'}",
                        "*in*side"),
                arguments(
                        "{'type':'text','text':'中文。','style':{'bold':true}},{'type':'text','text':'下文'}", "**中文**。下文"),
                arguments("{'type':'text','text':'a\\nb','style':{'bold':true}}", "**a**\n**b**"),
                arguments(
                        "{'type':'text','text':'a','style':{'code':true}},{'type':'text','text':'b','style':{'code':true}}",
                        "`ab`"),
                arguments(
                        "{'type':'link','url':'https://x.org','text':'x','style':{'bold':true}}",
                        "**[x](https://x.org)**"),
                arguments("{'type':'link','url':'https://x.org/'}", "<https://x.org/>"),
                arguments("{'type':'user','user_id':'U1'}", "[@U1](caravan:user/U1)"),
                arguments("{'type':'channel','channel_id':'C1'}", "[#C1](caravan:channel/C1)"),
                arguments("{'type':'usergroup','usergroup_id':'S1'}", "[@S1](caravan:group/S1)"),
                arguments("{'type':'broadcast','range':'here'}", "[@here](caravan:group/here)"),
                arguments("{'type':'emoji','name':'+1','skin_tone':3}", ":+1::skin-tone-3:"),
                arguments("{'type':'emoji','name':'white_check_mark'}", ":white_check_mark:"),
                arguments("{'type':'date','timestamp':1,'format':'{date}','fallback':'1 Jan'}", "1 Jan"),
                arguments("{'type':'color','value':'#FF0000'}", "#FF0000"),
                arguments("{'type':'odd','text':'kept'}", "kept"),
                arguments("{'type':'text'}", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sections")
    void convertsElementsOfASection(String elements, String canonical) {
        assertThat(slack.blocks(json("[{'type':'rich_text','elements':[{'type':'rich_text_section','elements':["
                        + elements + "]}]}]")))
                .isEqualTo(canonical);
    }

    static Stream<Arguments> blocks() {
        return Stream.of(
                arguments(
                        richText(
                                section("intro\\n"),
                                list("bullet", 0, 0, "one", "two"),
                                list("ordered", 1, 0, "deep"),
                                list("bullet", 0, 0, "three"),
                                section("end")),
                        "intro\n\n- one\n- two\n  1. deep\n- three\n\nend"),
                arguments(
                        richText(list("ordered", 0, 2, "c"), list("bullet", 1, 0, "x"), list("ordered", 0, 3, "d")),
                        "3. c\n   - x\n4. d"),
                arguments(richText(list("bullet", 0, 0, "a\\nb", "- c")), "- a\n  b\n- \\- c"),
                arguments(richText(list("bullet", 3, 0, "a")), "- a"),
                arguments(
                        "{'type':'rich_text','elements':[{'type':'rich_text_quote','elements':[{'type':'text','text':'q\\nr'}]}]}",
                        "> q\n> r"),
                arguments(
                        "{'type':'rich_text','elements':[{'type':'rich_text_preformatted','elements':[{'type':'text','text':'a*b\\n'},"
                                + "{'type':'link','url':'https://x.org'}]}]}",
                        "```\na*b\nhttps://x.org\n```"),
                arguments(
                        "{'type':'rich_text','elements':[{'type':'rich_text_preformatted','elements':[{'type':'text','text':'a\\n```\\nb'}]}]}",
                        "````\na\n```\nb\n````"),
                arguments(
                        "{'type':'section','text':{'type':'mrkdwn','text':'*b*\\n&gt; q'},'fields':[{'type':'plain_text','text':'*f*'}]}",
                        "**b**\n\n> q\n\n\\*f\\*"),
                arguments("{'type':'header','text':{'type':'plain_text','text':'Learn C#'}}", "### Learn C\\#"),
                arguments(
                        "{'type':'context','elements':[{'type':'image','image_url':'https://x.org/i.png','alt_text':'i'},"
                                + "{'type':'mrkdwn','text':'by *me*'}]}",
                        "![i](https://x.org/i.png) by **me**"),
                arguments("{'type':'divider'}", "---"),
                arguments(
                        "{'type':'image','title':{'type':'plain_text','text':'T'},'alt_text':'a','image_url':'https://x.org/i.png'}",
                        "![T](https://x.org/i.png)"),
                arguments("{'type':'markdown','text':'**as is**'}", "**as is**"),
                arguments(
                        "{'type':'video','title':{'type':'plain_text','text':'V'},'title_url':'https://x.org/v'}",
                        "[V](https://x.org/v)"),
                arguments(
                        "{'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'Yes'}},"
                                + "{'type':'button','text':{'type':'plain_text','text':'No'}}]}",
                        "Yes\n\nNo"),
                arguments("{'type':'file','external_id':'F1'}", ""),
                arguments("{'type':'of the future','title':'t','elements':[[{'text':'deep'}]]}", "t\n\ndeep"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocks")
    void convertsBlocks(String block, String canonical) {
        assertThat(slack.blocks(json("[" + block + "]"))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "[]",
                "[null]",
                "[1,'x',[]]",
                "[{'type':'rich_text'}]",
                "[{'type':'rich_text','elements':'x'}]",
                "[{'type':7}]",
                "[{'type':'section','text':null}]",
                "[{'type':'image'}]",
                "[{'type':'video'}]",
                "[{'type':'rich_text','elements':[{'type':'rich_text_list','indent':-4,'elements':[null]}]}]",
                "[{'type':'rich_text','elements':[{'type':'rich_text_list','indent':2000000000,'offset':9000000000}]}]"
            })
    void neverThrowsOnMalformedBlocks(String blocks) {
        assertThatCode(() -> slack.blocks(json(blocks))).doesNotThrowAnyException();
    }

    @Test
    void prefersBlocksToText() {
        assertThat(slack.message(json("{'text':'short','blocks':[" + richText(section("the whole")) + "]}")))
                .isEqualTo("the whole");
    }

    @Test
    void fallsBackToTextWhereBlocksHoldNone() {
        assertThat(slack.message(json("{'text':'*t*','blocks':[{'type':'file','external_id':'F1'}]}")))
                .isEqualTo("**t**");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'text':null,'blocks':null}", "null", "[]", "'x'"})
    void isEmptyForAMessageWithoutText(String message) {
        assertThat(slack.message(json(message))).isEmpty();
    }

    @Property(tries = 3000)
    void showsExactlyTheCharactersOfStyledRuns(@ForAll("styledRuns") List<Styled> runs) {
        String shown = runs.stream().map(Styled::text).collect(Collectors.joining());
        String canonical = slack.blocks(section(runs));
        assertThat(Rendered.withoutSpace(Rendered.text(canonical)))
                .as(canonical)
                .isEqualTo(Rendered.withoutSpace(shown));
    }

    @Property(tries = 500)
    void keepsStylesOfRunsSetApartBySpace(@ForAll("separateRuns") List<Styled> runs) {
        String html = runs.stream().map(SlackBlocksTest::expectedHtml).collect(Collectors.joining(" "));
        assertThat(Rendered.html(slack.blocks(section(runs)))).isEqualTo("<p>" + html.strip() + "</p>");
    }

    @Provide
    Arbitrary<List<Styled>> styledRuns() {
        Arbitrary<String> text = Arbitraries.of(
                        "a", "b1", "é", "中", " ", ".", "*", "_", "~", "[", "!", "\\", "&", "。", "\n", "\uFE0F", "#")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
        Arbitrary<Boolean> flag = Arbitraries.of(true, false);
        Arbitrary<Boolean> seldom = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(5, Arbitraries.just(false)), net.jqwik.api.Tuple.of(1, Arbitraries.just(true)));
        return Combinators.combine(text, flag, flag, flag, seldom)
                .as(Styled::new)
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<Styled>> separateRuns() {
        Arbitrary<String> word = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(5);
        Arbitrary<Boolean> flag = Arbitraries.of(true, false);
        return Combinators.combine(word, flag, flag, flag, Arbitraries.of(true, false))
                .as(Styled::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    private static String expectedHtml(Styled run) {
        String html = run.code ? "<code>" + run.text + "</code>" : run.text;
        html = run.italic ? "<em>" + html + "</em>" : html;
        html = run.bold ? "<strong>" + html + "</strong>" : html;
        return run.strike ? "<del>" + html + "</del>" : html;
    }

    private static JsonNode section(List<Styled> runs) {
        ArrayNode blocks = JSON.createArrayNode();
        ArrayNode elements = blocks.addObject()
                .put("type", "rich_text")
                .putArray("elements")
                .addObject()
                .put("type", "rich_text_section")
                .putArray("elements");
        boolean separate = runs.stream().allMatch(run -> run.text.chars().allMatch(Character::isLetter));
        for (Styled run : runs) {
            ObjectNode element = elements.addObject().put("type", "text").put("text", run.text);
            element.putObject("style")
                    .put("bold", run.bold)
                    .put("italic", run.italic)
                    .put("strike", run.strike)
                    .put("code", run.code);
            if (separate) {
                elements.addObject().put("type", "text").put("text", " ");
            }
        }
        return blocks;
    }

    private static String richText(String... elements) {
        return "{'type':'rich_text','elements':[" + String.join(",", elements) + "]}";
    }

    private static String section(String text) {
        return "{'type':'rich_text_section','elements':[{'type':'text','text':'" + text + "'}]}";
    }

    private static String list(String style, int indent, int offset, String... items) {
        String sections = Stream.of(items).map(SlackBlocksTest::section).collect(Collectors.joining(","));
        return "{'type':'rich_text_list','style':'" + style + "','indent':" + indent + ",'offset':" + offset
                + ",'elements':[" + sections + "]}";
    }

    private static JsonNode json(String singleQuoted) {
        try {
            return JSON.readTree(singleQuoted.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
