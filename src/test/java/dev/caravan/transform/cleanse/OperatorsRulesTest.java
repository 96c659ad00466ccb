package dev.caravan.transform.cleanse;

import java.io.IOException;

import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules that an operator changes, switches off or writes. */
class OperatorsRulesTest extends CleansingRecords {

    @Test
    void anOperatorCanSwitchARuleOffOrMakeItRefuse() throws IOException {
        var rules = rules(
                """
                rules:
                  - {id: controls, check: control-characters, do: refuse}
                  - {id: moji, check: mojibake, do: off}
                  - {id: size, check: oversize, do: refuse, fields: [/text], limit: 3}
                """);
        var batch = rules.beforeMapping(
                sources(json("{'a':'x\\u0000'}"), json("{'a':'caf\\u00c3\\u00a9'}")), "slack-export");
        assertThat(batch.refused()).extracting(r -> r.cause()).containsExactly("control-characters");
        assertThat(batch.items()).extracting(i -> i.source().get("a").asText()).containsExactly("caf\u00c3\u00a9");
        assertThat(rules.afterMapping(canonicals(object(MESSAGE))).refused())
                .extracting(r -> r.cause())
                .containsExactly("text-oversize");
    }

    @Test
    void anOperatorCanWriteRulesOfTheirOwn() throws IOException {
        var rules = rules(
                """
                rules:
                  - {id: names, kinds: [channel], match: {field: /name, blank: true}, do: set-default, value: unnamed}
                  - {id: topics, kinds: [channel], match: {field: /topic, missing: true}, do: set-default, value: ""}
                  - {id: phone, kinds: [channel], match: {field: /extras/phone, pattern: "^0"}, do: remove}
                  - {id: digits, kinds: [channel], match: {field: /purpose, pattern: "[0-9]{4}"}, do: replace, replacement: "$"}
                  - {id: tests, kinds: [channel], match: {field: /id, pattern: "^test"}, do: refuse}
                  - {id: form, kinds: [channel], check: canonical-form, do: refuse}
                  - {id: bots, source: toy, kinds: [channel], match: {field: /bot/0, pattern: x}, do: remove}
                """);
        var channel = object(
                "{'kind':'channel','id':'C','type':'public','name':' ','purpose':'pin 1234, 5678','extras':{'phone':'0815','x':1}}");
        var batch = rules.afterMapping(batch(
                Kind.CHANNEL,
                item(0, json("{}")).withCanonical(channel),
                item(1, json("{}")).withCanonical(channel.deepCopy().put("id", "test-2"))));

        assertThat(batch.items())
                .extracting(Item::canonical)
                .containsExactly(
                        object(
                                "{'kind':'channel','id':'C','type':'public','name':'unnamed','purpose':'pin $, $','extras':{'x':1},'topic':''}"));
        assertThat(batch.findings()).extracting(f -> f.rule()).containsExactly("names", "topics", "phone", "digits");
        assertThat(batch.refused())
                .extracting(r -> r.cause() + " " + r.detail())
                .containsExactly("tests rule tests: /id");

        var source = batch(Kind.CHANNEL, item(0, json("{'bot':['xy','z']}")));
        assertThat(rules.beforeMapping(source, "toy").items())
                .extracting(Item::source)
                .containsExactly(json("{'bot':['z']}"));
        assertThat(rules.beforeMapping(source, "slack-export")).isSameAs(source);
    }

    @Test
    void aPatternThatIsTooCostlyRefusesTheRecordAndNotTheRun() throws IOException {
        var rules = rules("rules: [{id: costly, match: {field: /text, pattern: '(a|b)*c'}, do: refuse}]");
        var batch = rules.afterMapping(canonicals(object(MESSAGE).put("text", "ab".repeat(100_000)), object(MESSAGE)));
        assertThat(batch.refused()).extracting(r -> r.cause()).containsExactly("rule-failed");
        assertThat(batch.items()).hasSize(1);
    }

    @Test
    void laterEditsOfTheFileDoNotReachWhatWasLoaded() throws IOException {
        var rules = rules("rules: [{id: controls, check: control-characters, do: refuse}]");
        rules("rules: []");
        assertThat(rules.beforeMapping(sources(json("{'a':'\\u0000'}")), "toy").refused())
                .hasSize(1);
    }
}
