package dev.caravan.transform.cleanse;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Origin;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the rules as they are shipped repair and refuse. */
class ShippedRulesTest extends CleansingRecords {

    private static final Charset LATIN = StandardCharsets.ISO_8859_1;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "byte-order-mark    | {'text':'\\ufeffabc'}               | {'text':'abc'}",
                "mojibake           | {'text':'caf\\u00c3\\u00a9'}        | {'text':'caf\\u00e9'}",
                "control-characters | {'text':'a\\u0000b\\u0007\\nc\\td'} | {'text':'ab\\nc\\td'}",
                "control-characters | {'text':'a\\r\\nb\\rc\\u007f'}      | {'text':'a\\nb\\nc'}",
                "control-characters | {'a':[1,{'b':'x\\u0001'}],'c':2}    | {'a':[1,{'b':'x'}],'c':2}",
                "lone-surrogates    | {'text':'a\\ud83db'}                | {'text':'a\\ufffdb'}",
                "lone-surrogates    | {'text':'\\ude00\\ud83d'}           | {'text':'\\ufffd\\ufffd'}",
                "non-characters     | {'text':'a\\ufffe\\ufdd0b\\ud83f\\udfff'} | {'text':'ab'}",
                "slack-timestamp    | {'ts':1600000000.123456}            | {'ts':'1600000000.123456'}",
                "slack-timestamp    | {'ts':'1600000000'}                 | {'ts':'1600000000.000000'}",
                "slack-timestamp    | {'ts':1600000000123}                | {'ts':'1600000000.123000'}",
                "slack-timestamp    | {'ts':'2020-09-13T12:26:40Z'}       | {'ts':'1600000000.000000'}",
                "slack-thread-timestamp | {'thread_ts':1600000000}        | {'thread_ts':'1600000000.000000'}",
                "slack-thread-timestamp | {'edited':{'user':'U','ts':1600000000}} | {'edited':{'user':'U','ts':'1600000000.000000'}}"
            })
    void repairsTheSource(String rule, String before, String after) {
        var given = before.contains("'ts'") && !before.contains("edited") ? json(before) : with(json(before), "ts");
        var wanted = after.contains("'ts'") && !after.contains("edited") ? json(after) : with(json(after), "ts");

        var batch = shipped.beforeMapping(sources(given), "slack-export");

        assertThat(batch.items()).extracting(Item::source).containsExactly(wanted);
        assertThat(batch.findings())
                .singleElement()
                .satisfies(f -> assertThat(f.rule()).isEqualTo(rule))
                .satisfies(f -> assertThat(f.sourceId()).isEqualTo("export.zip!general.json#0"));
        assertThat(shipped.beforeMapping(sources(wanted), "slack-export").items())
                .as("repaired once is repaired for good")
                .extracting(Item::source)
                .containsExactly(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{'text':'no time'}  | time-missing",
                "{'ts':null}         | time-missing",
                "{'ts':'yesterday'}  | time-unreadable",
                "{'ts':{'a':1}}      | time-unreadable",
                "{'ts':''}           | time-unreadable"
            })
    void refusesTheSource(String record, String cause) {
        var batch = shipped.beforeMapping(sources(json(record)), "slack-export");
        assertThat(batch.items()).isEmpty();
        assertThat(batch.refused())
                .singleElement()
                .satisfies(r -> assertThat(r.stage() + " " + r.cause()).isEqualTo("cleanse " + cause))
                .satisfies(r -> assertThat(r.detail()).isEqualTo("rule slack-timestamp: /ts"));
    }

    @ParameterizedTest(name = "{0}: {1} = {2}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "message-time        | time   | 1600000000                    | 1600000000000000",
                "message-time        | time   | 1600000000.5                  | 1600000000500000",
                "message-time        | time   | 1600000000123                 | 1600000000123000",
                "message-time        | time   | '1600000000.123456'           | 1600000000123456",
                "message-time        | time   | '1600000000123456789'         | 1600000000123457",
                "message-time        | time   | '2020-09-13T14:26:40.5+02:00' | 1600000000500000",
                "message-time        | time   | '2020-09-13 12:26:40'         | 1600000000000000",
                "message-time        | time   | '2020-09-13T14:26:40+0200'    | 1600000000000000",
                "message-other-times | edited | 1600000001                    | 1600000001000000",
                "message-time-range  | edited | 1                             | -",
                "message-time-range  | edited | 2600000000000000              | -"
            })
    void repairsTimesOfTheCanonicalRecord(String rule, String field, String value, String after) {
        var record = object(MESSAGE);
        record.set(field, json(value));
        var batch = shipped.afterMapping(canonicals(record));
        var mended = batch.items().get(0).canonical().get(field);
        assertThat(mended == null ? "-" : mended.toString()).isEqualTo(after);
        assertThat(batch.findings()).extracting(f -> f.rule()).contains(rule);
        assertThat(batch.findings()).extracting(f -> f.sourceId()).containsOnly("C1/1");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "time     | -                | time-missing        | message-time: /time",
                "time     | 'soon'           | time-unreadable     | message-time: /time",
                "time     | 600000000000000  | time-out-of-range   | time-range: /time",
                "time     | 1767400000000000 | time-out-of-range   | time-range: /time",
                "time     | 0                | field-value         | canonical-form: /time",
                "author   | -                | field-missing       | canonical-form: /author",
                "author   | 7                | field-type          | canonical-form: /author",
                "author   | ''               | field-value         | canonical-form: /author",
                "type     | 'odd'            | field-value         | canonical-form: /type",
                "text     | null             | field-type          | canonical-form: /text",
                "mood     | 'new'            | field-unknown       | canonical-form: /mood",
                "reactions| [{'emoji':'x'}]  | field-missing       | canonical-form: /reactions/0/users"
            })
    void refusesTheCanonicalRecord(String field, String value, String cause, String detail) {
        var record = object(MESSAGE);
        if (value.equals("-")) {
            record.remove(field);
        } else {
            record.set(field, json(value));
        }
        var good = object(MESSAGE).put("id", "C1/2");

        var batch = shipped.afterMapping(canonicals(record, good));

        assertThat(batch.items()).extracting(Item::id).containsExactly("C1/2");
        assertThat(batch.refused())
                .singleElement()
                .satisfies(r -> assertThat(r.cause()).isEqualTo(cause))
                .satisfies(r -> assertThat(r.detail()).isEqualTo("rule " + detail));
    }

    @Test
    void shouldAcceptUpToADayInTheFutureAndTextUpToTheLimit() {
        var future = object(MESSAGE).put("time", 1767312000000000L);
        var longest = object(MESSAGE).put("id", "2").put("text", "\ud83d\ude00".repeat(1_000_000));
        var tooLong = object(MESSAGE).put("id", "3").put("text", "x".repeat(1_000_001));

        var batch = shipped.afterMapping(canonicals(future, longest, tooLong));

        assertThat(batch.items()).extracting(Item::id).containsExactly("C1/1", "2");
        assertThat(batch.refused())
                .singleElement()
                .satisfies(r -> assertThat(r.cause()).isEqualTo("text-oversize"))
                .satisfies(r -> assertThat(r.detail()).contains("1000001", "1000000"));
    }

    @Test
    void shouldKeepTheLaterEditOfOneIdInThePlaceOfTheFirst() {
        var first = object(MESSAGE);
        var other = object(MESSAGE).put("id", "C1/2");
        var edited = object(MESSAGE).put("text", "geheim").put("edited", 1600000001000000L);
        var again = object(MESSAGE);

        var batch = shipped.afterMapping(canonicals(first, other, edited, again, other.deepCopy()));

        assertThat(batch.items())
                .extracting(i -> i.canonical().get("text").asText())
                .containsExactly("geheim", "hello");
        assertThat(batch.tally().of("message", Tally.What.FILTERED)).isEqualTo(3);
        assertThat(batch.tally().of("message", Tally.What.READ))
                .isEqualTo(batch.items().size() + batch.tally().of("message", Tally.What.FILTERED));
        assertThat(batch.findings())
                .extracting(f -> f.rule() + " " + f.sourceId())
                .containsExactly("duplicate-id C1/1", "duplicate-id C1/1", "duplicate-id C1/2");
        assertThat(batch.findings()).extracting(f -> f.detail()).allMatch(d -> !d.contains("geheim"));
        assertThat(batch.findings().get(2).detail()).startsWith("the same content at ");
    }

    @Test
    void shouldHandOnACleanBatchItself() {
        var batch = sources(
                json("{'ts':'1600000000.123456','text':'plain, \u4e2d\u6587 and \ud83d\ude00','n':[1,true,null]}"));
        assertThat(shipped.beforeMapping(batch, "slack-export")).isSameAs(batch);
        var canonical = canonicals(object(MESSAGE), object(MESSAGE).put("id", "2"));
        assertThat(shipped.afterMapping(canonical)).isSameAs(canonical);
    }

    @Test
    void shouldLookAtWhatTheReaderAddedToAPlainRecord() {
        var record = json("{'ts':'1600000000.000000','caravan':{'channel':'C\\u0000'}}");
        var plain = new Item(
                new Origin("a", "b", 0, -1), "{}".getBytes(StandardCharsets.UTF_8), record, null, null, null, null);
        assertThat(shipped.beforeMapping(batch(Kind.MESSAGE, plain), "slack-export")
                        .items())
                .extracting(i -> i.source().at("/caravan/channel").asText())
                .containsExactly("C");
    }

    @Test
    void shouldNotChangeTheTreesItWasGiven() {
        var source = json("{'ts':1600000000,'a':['x\\u0000',{'b':'caf\\u00c3\\u00a9'}]}");
        var untouched = source.deepCopy();
        var mended = shipped.beforeMapping(sources(source), "slack-export");
        assertThat(mended.items().get(0).source()).isNotEqualTo(untouched);
        assertThat(source).isEqualTo(untouched);

        var canonical = object(MESSAGE).put("time", 1600000000).put("edited", 1);
        var copy = canonical.deepCopy();
        shipped.afterMapping(canonicals(canonical));
        assertThat(canonical).isEqualTo(copy);
    }

    @Test
    void shouldSayFieldsAndHashesButNoText() {
        var batch = shipped.beforeMapping(
                sources(json("{'ts':'1600000000.000000','a':{'b':'geheim\\u0000'}}")), "slack-export");
        assertThat(batch.findings()).singleElement().satisfies(f -> assertThat(f.detail())
                .matches("/a/b was [0-9a-f]{16}"));
    }

    @Test
    void shouldListWhatMayBeMojibakeWithoutTouchingIt() {
        var record = json("{'ts':'1600000000.000000','a':'MANH\u00c3\u2026','b':'gone \ufffd'}");
        var batch = shipped.beforeMapping(sources(record), "slack-export");
        assertThat(batch.items()).extracting(Item::source).containsExactly(record);
        assertThat(batch.findings()).singleElement().satisfies(f -> {
            assertThat(f.rule()).isEqualTo("mojibake-suspected");
            assertThat(f.detail()).isEqualTo("/a left as it is, /b left as it is");
        });
    }

    @Test
    void whatSurelyIsMojibakeAndLostBytesIsRefusedWithAProposal() throws IOException {
        var misread = new String(
                        "d\u00e9j\u00e0 tr\u00e8s fr\u00e8re no\u00ebl".getBytes(StandardCharsets.UTF_8), LATIN)
                .replace('\u00a0', ' ');
        var record = ((ObjectNode) json("{'ts':'1600000000.000000'}")).put("text", misread);

        var batch = shipped.beforeMapping(sources(record), "slack-export");

        assertThat(batch.items()).isEmpty();
        assertThat(batch.refused()).singleElement().satisfies(refusal -> {
            assertThat(refusal.cause()).isEqualTo("mojibake-lossy");
            assertThat(refusal.detail()).isEqualTo("rule mojibake: /text");
            assertThat(refusal.context().at("/proposals").path("/text").asText())
                    .isEqualTo("d\u00e9j\ufffd tr\u00e8s fr\u00e8re no\u00ebl");
        });
        var keeping = rules("rules:\n  - {id: moji, check: mojibake, do: repair, lossy: keep}\n");
        assertThat(keeping.beforeMapping(sources(record), "slack-export").findings())
                .extracting(Finding::rule)
                .containsExactly("moji-suspected");
        assertThatThrownBy(() -> rules("rules:\n  - {id: moji, check: mojibake, do: repair, lossy: maybe}\n"))
                .hasMessageStartingWith("CRV-514");
    }

    @Test
    void shouldLeaveTimesOfOtherSourcesToTheirMapping() {
        var batch = sources(json("{'ts':1600000000}"));
        assertThat(shipped.beforeMapping(batch, "toy")).isSameAs(batch);
    }

    private static JsonNode with(JsonNode record, String field) {
        return ((ObjectNode) record).put(field, "1600000000.123456");
    }
}
