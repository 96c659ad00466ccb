package dev.caravan.migration.report;

import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.TestMigration;
import dev.caravan.model.Problem;
import dev.caravan.model.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The report on a whole run of the sample. */
class ReportTest {

    @TempDir
    Path folder;

    @Test
    void thePageTellsTheAccountTheDeadLettersAndWhatToDo() throws Exception {
        var migration = sample();
        migration.run();

        var page = Files.readString(migration.desk().report(Words.ENGLISH));

        assertThat(page)
                .contains("The target differs from the source.")
                .contains("adds up")
                .doesNotContain("unaccounted for")
                .contains("4 dead letters wait")
                .contains("caravan dead-letters list --cause=json-syntax")
                .contains("Somebody without e-mail address got an invented one.")
                .contains("acme-slack-export.zip");
    }

    @Test
    void writtenBeforeTheRunIsCompletedItTellsOfACompletedRun() throws Exception {
        var migration = sample();

        migration.run(false, run -> migration.desk().report(run, Words.ENGLISH));

        assertThat(json("report.json").at("/verdict").asText()).isEqualTo("different");
        assertThat(json("report.json").at("/run/state").asText()).isEqualTo("completed");
    }

    @Test
    void itSpeaksChinese() throws Exception {
        var migration = sample();
        migration.run();

        var page = Files.readString(migration.desk().report(Words.CHINESE));

        assertThat(page).contains("lang=\"zh\"").contains("目标与源不一致。").contains("相符");
    }

    @Test
    void theJsonHoldsTheSameFacts() throws Exception {
        var migration = sample();
        migration.run();
        migration.desk().report(Words.ENGLISH);

        var facts = json("report.json");

        assertThat(facts.at("/verdict").asText()).isEqualTo("different");
        var messages = facts.at("/account/4");
        assertThat(messages.at("/kind").asText()).isEqualTo("message");
        assertThat(messages.at("/read").asLong()).isEqualTo(123);
        assertThat(messages.at("/missing").asLong()).isZero();
        assertThat(facts.at("/account")).allSatisfy(kind -> {
            assertThat(kind.path("missing").asLong()).as(kind.toString()).isZero();
            assertThat(kind.path("surplus").asLong()).as(kind.toString()).isZero();
        });
        long read = 0;
        for (JsonNode conversation : facts.at("/conversations/shown")) {
            read += conversation.path("read").asLong();
        }
        assertThat(read).as("messages of all conversations").isEqualTo(123);
    }

    @Test
    void aRuleAboveItsCeilingIsNamedWithTheSettingThatWouldAllowIt() throws Exception {
        var migration = sample().with("caravan.verify.ceiling.mattermost-text-split", "0.001");
        migration.run();

        var page = Files.readString(migration.desk().report(Words.ENGLISH));

        assertThat(page).containsPattern("<code>caravan\\.verify\\.ceiling\\.mattermost-text-split=0\\.0\\d+</code>");
        var facts = json("report.json");
        assertThat(facts.path("rules"))
                .filteredOn(rule -> rule.path("rule").asText().equals("mattermost-text-split"))
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.path("exceeded").asBoolean()).isTrue();
                    assertThat(rule.path("examples")).isNotEmpty();
                });
    }

    @Test
    void thePackageIsMeasuredAgainstWhatTheServerTakes() throws Exception {
        var migration = sample();
        migration.run();

        assertThat(Files.readString(migration.desk().report(Words.ENGLISH)))
                .contains("The server takes neither above its FileSettings.MaxFileSize, 104,857,600 bytes")
                .doesNotContain("--bypass-upload");
    }

    @Test
    void noTextOfAMessageIsInAnyFileOfIt() throws Exception {
        var migration = sample();
        migration.run();
        migration.desk().report(Words.ENGLISH);

        try (var files = Files.list(folder.resolve("work/report"))) {
            assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(Files.readString(file))
                    .doesNotContain("A sound message before"));
        }
    }

    @Test
    void tablesOpenInASpreadsheet() throws Exception {
        var migration = sample();
        migration.run();
        migration.desk().report(Words.ENGLISH);

        for (String table : new String[] {"conversations", "names", "dead-letters", "findings", "differences"}) {
            assertThat(Files.readString(folder.resolve("work/report/" + table + ".csv")))
                    .as(table)
                    .startsWith("\uFEFF");
        }
        assertThat(Files.readAllLines(folder.resolve("work/report/dead-letters.csv")))
                .hasSize(5);
    }

    @Test
    void namesFromTheSourceAreDataNotMarkup() throws Exception {
        var chat = Files.writeString(
                folder.resolve("chat.jsonl"),
                """
                {"kind":"message","id":"1","channel":"<script>alert(1)</script>","author":"=cmd()","time":1700000000000000,"text":"x","type":"text"}
                """);
        var migration = new TestMigration(folder)
                .with("caravan.source.kind", "plain")
                .with("caravan.source.path", chat.toString())
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .route("kamelets/plain-read-action.kamelet.yaml", PLAIN)
                .route("mappings/plain/from/message.jslt", "{\"caravan\": null, *: .}");
        migration.run();

        var page = Files.readString(migration.desk().report(Words.ENGLISH));

        assertThat(page).contains("&lt;script&gt;alert(1)").doesNotContain("<script");
        assertThat(Files.readString(folder.resolve("work/report/names.csv"))).contains("'=cmd()");
    }

    @Test
    void withoutARunThereIsNothingToReport() {
        assertThatThrownBy(() -> sample().desk().report(Words.ENGLISH))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("CRV-303");
    }

    private JsonNode json(String name) throws Exception {
        return new ObjectMapper()
                .readTree(folder.resolve("work/report").resolve(name).toFile());
    }

    private TestMigration sample() {
        return new TestMigration(folder)
                .with("caravan.source.path", "sample/acme-slack-export.zip")
                .with("caravan.source.files-folder", "sample/acme-files")
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .with("caravan.sink.bot-owner", "admin");
    }

    private static final String PLAIN =
            """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: plain-read-action
            spec:
              definition:
                title: Plain
                type: object
                properties:
                  path:
                    title: Path
                    type: string
              template:
                beans:
                  - name: reader
                    type: "#class:dev.caravan.connector.jsonlines.JsonLines"
                    properties:
                      path: '{{path}}'
                from:
                  uri: kamelet:source
                  steps:
                    - bean:
                        ref: '{{reader}}'
                        method: read
            """;
}
