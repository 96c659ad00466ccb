package dev.caravan.transform.cleanse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import dev.caravan.model.Problem;
import dev.caravan.model.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RulesFileTest {

    @TempDir
    Path routes;

    @ParameterizedTest(name = "{1} {2}: {0}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "id: a, check: mojibake, do: destroy                                        | CRV-512 | destroy",
                "id: a, check: spelling, do: repair                                         | CRV-512 | spelling",
                "id: a, check: mojibake, do: repair, limit: 3                               | CRV-512 | limit",
                "id: a, check: mojibake, do: repair, kinds: [thread]                        | CRV-512 | thread",
                "id: a, check: canonical-form, do: repair                                   | CRV-512 | repair",
                "id: a, do: repair                                                          | CRV-513 | check",
                "check: mojibake, do: repair                                                | CRV-513 | id",
                "id: a, check: mojibake                                                     | CRV-513 | do",
                "id: a, check: mojibake, do: repair, kinds: message                         | CRV-514 | kinds",
                "id: a, check: oversize, do: refuse, fields: [/text]                        | CRV-514 | limit",
                "id: a, check: oversize, do: off, fields: [text], limit: 5                  | CRV-514 | fields",
                "id: a, check: time-form, do: repair, fields: [/ts], form: unix             | CRV-514 | form",
                "id: a, check: time-range, do: refuse, fields: [/t], earliest: x, future: P1D | CRV-514 | earliest",
                "id: a, check: encoding, do: repair, encodings: [klingon]                   | CRV-514 | encodings",
                "id: a, match: {field: /a}, do: remove                                      | CRV-514 | match",
                "id: a, match: {field: /a, pattern: '['}, do: remove                        | CRV-514 | pattern",
                "id: a, match: {field: /a, pattern: b, missing: true}, do: remove           | CRV-514 | match",
                "id: a, match: {field: /a, missing: true}, do: replace, replacement: x      | CRV-514 | pattern",
                "id: a, match: {field: /a, pattern: x}, do: replace                         | CRV-514 | replacement",
                "id: a, match: {field: /a, missing: true}, do: set-default                  | CRV-514 | value",
                "id: first, check: mojibake, do: repair                                     | CRV-515 | first",
                "id: a, check: control-characters, do: refuse                               | CRV-516 | first"
            })
    void shouldSayLineRuleAndWord(String rule, String code, String word) throws IOException {
        var text = "rules:\n  - {id: first, check: control-characters, do: repair}\n  - {" + rule + "}\n";
        assertThatThrownBy(() -> load(text))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(code);
                    assertThat(problem.inWords(Words.CHINESE)).contains("cleansing.yaml", word);
                })
                .hasMessageContaining("cleansing.yaml, line 3")
                .hasMessageContaining(word);
    }

    @Test
    void shouldSayWhereTheFileIsNoYaml() {
        assertThatThrownBy(() -> load("rules:\n  - {id: a, check: [}\n"))
                .hasMessageContaining("CRV-511")
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> load("rules:\n  - {id: a, id: b}\n"))
                .hasMessageContaining("CRV-511")
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> load("")).hasMessageContaining("CRV-511");
        assertThatThrownBy(() -> load("- a\n")).hasMessageContaining("CRV-511");
        assertThatThrownBy(() -> load("rules: 5\n")).hasMessageContaining("CRV-511");
        assertThatThrownBy(() -> load("rules: [5]\n")).hasMessageContaining("CRV-511");
        assertThatThrownBy(() -> load("rulez: []\n"))
                .hasMessageContaining("CRV-512")
                .hasMessageContaining("rulez");
    }

    @Test
    void shouldMissTheFile() {
        assertThatThrownBy(() -> Cleansing.load(routes, Instant.EPOCH))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-510");
    }

    private void load(String yaml) throws IOException {
        var file = routes.resolve("rules/cleansing.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, yaml);
        Cleansing.load(routes, Instant.EPOCH);
    }
}
