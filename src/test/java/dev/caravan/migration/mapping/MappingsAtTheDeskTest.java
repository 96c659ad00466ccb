package dev.caravan.migration.mapping;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import dev.caravan.TestMigration;
import dev.caravan.model.Problem;
import dev.caravan.model.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Before the first run: nothing is known but the source and the files. */
class MappingsAtTheDeskTest {

    private static final MappingPlace FROM_MESSAGE = MappingPlace.of("from", "message");
    private static final MappingPlace TO_MESSAGE = MappingPlace.of("to", "message");

    @TempDir
    Path folder;

    private TestMigration migration;

    @BeforeEach
    void settings() {
        migration = new TestMigration(folder)
                .with("caravan.source.path", "sample/acme-slack-export.zip")
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .with("caravan.sink.bot-owner", "admin");
        migration.with("caravan.serve.watched", folder.toString());
    }

    private Attempt attempt(MappingPlace place, String from, String to) {
        return migration.desk().mappings((files, desk) -> {
            var template = files.get(place).text().replace(from, to);
            return desk.attempt(
                    place, template, desk.sample(place.kind(), "C0GENERAL1", 4).toString());
        });
    }

    @Test
    void a_record_of_the_source_is_shown_as_it_is_mapped_and_as_it_is_sent() {
        var attempt = attempt(FROM_MESSAGE, "", "");

        assertThat(attempt.problem()).isNull();
        assertThat(attempt.source().path("text").asText()).startsWith("Welcome to *Acme*");
        assertThat(attempt.canonical().path("text").asText()).startsWith("Welcome to **Acme**");
        assertThat(attempt.target().path("post").path("message").asText()).startsWith("Welcome to **Acme**");
        assertThat(attempt.fields())
                .filteredOn(field -> field.path().equals("author"))
                .singleElement()
                .satisfies(author -> {
                    assertThat(author.value()).isEqualTo("U0ANNA0001");
                    assertThat(author.same()).contains("user");
                    assertThat(author.expression()).startsWith("if ($user) $user");
                });
    }

    @Test
    void a_changed_template_shows_at_once_and_changes_no_file() {
        var attempt = attempt(
                TO_MESSAGE,
                "\"message\": if (.type == \"me\")",
                "\"message\": if (true) \"tried\" else if (.type == \"me\")");

        assertThat(attempt.target().path("post").path("message").asText()).isEqualTo("tried");
        assertThat(folder.resolve("routes/mappings/mattermost-bulk/to/message.jslt"))
                .hasSameTextualContentAs(Path.of("routes/mappings/mattermost-bulk/to/message.jslt"));
        assertThat(folder.resolve("work")).doesNotExist();
    }

    @Test
    void a_broken_template_is_told_with_its_place() {
        var attempt = attempt(FROM_MESSAGE, "let context = .caravan", "let context = ");

        assertThat(attempt.problem().code()).isEqualTo("CRV-502");
        assertThat(attempt.canonical()).isNull();
    }

    @Test
    void no_template_sees_a_secret() {
        migration
                .with("caravan.sink.kind", "matrix")
                .with("caravan.sink.url", "http://127.0.0.1:1")
                .with("caravan.sink.server-name", "example.org")
                .with("caravan.sink.as-token", "very-secret")
                .without("caravan.sink.path")
                .without("caravan.sink.team")
                .without("caravan.sink.email-domain")
                .without("caravan.sink.bot-owner");
        var attempt = attempt(TO_MESSAGE, "\"text\": matrix-body(.text, $links, $sink)", "\"text\": to-json($sink)");

        assertThat(attempt.target().toString()).contains("example.org").doesNotContain("very-secret");
    }

    @Test
    void what_never_ends_is_left_alone_and_only_so_often() {
        var hurried = new InTime(Duration.ofMillis(50), 1);
        var open = new CountDownLatch(1);

        assertThatThrownBy(() -> hurried.call(() -> {
                    open.await();
                    return null;
                }))
                .isInstanceOfSatisfying(
                        Problem.class, late -> assertThat(late.code()).isEqualTo("CRV-676"));
        assertThatThrownBy(() -> hurried.call(() -> 1))
                .isInstanceOfSatisfying(
                        Problem.class, full -> assertThat(full.code()).isEqualTo("CRV-677"));
        open.countDown();
        org.awaitility.Awaitility.await().ignoreExceptions().until(() -> hurried.call(() -> true));
    }

    @Test
    void a_change_is_reviewed_with_its_lines_and_the_examples_it_no_longer_fits() {
        var review = migration
                .desk()
                .mappings((files, desk) -> files.review(
                        FROM_MESSAGE, files.get(FROM_MESSAGE).text().replace("\"subtype\": .subtype,", "")));

        assertThat(review.problems()).isEmpty();
        assertThat(review.diff()).contains("-    \"subtype\": .subtype,");
        assertThat(review.misfits()).isNotEmpty();
        assertThat(review.misfits().get(0).expected()).contains("subtype");
    }

    @Test
    void saving_writes_the_file_when_it_is_still_the_one_that_was_changed() {
        var text = "// seen\n";
        var saved = migration.desk().mappings((files, desk) -> {
            var before = files.get(FROM_MESSAGE);
            return files.save(FROM_MESSAGE, text + before.text(), before.hash(), false);
        });

        assertThat(folder.resolve("routes/" + saved.name())).content().startsWith(text);
        assertThat(saved.hash()).isEqualTo(Sha256.hex(saved.text()));
        assertThatThrownBy(() -> migration
                        .desk()
                        .mappings((files, desk) -> files.save(FROM_MESSAGE, saved.text(), "an older hash", false)))
                .isInstanceOfSatisfying(
                        Problem.class, no -> assertThat(no.code()).isEqualTo("CRV-674"));
    }

    @Test
    void what_does_not_fit_its_examples_is_saved_only_with_renewed_ones() throws Exception {
        var examples = folder.resolve("routes/mappings/slack-export/from/message.examples.json");
        var before = Files.readString(examples);
        assertThatThrownBy(() -> save(false)).isInstanceOfSatisfying(Problem.class, no -> assertThat(no.code())
                .isEqualTo("CRV-671"));
        assertThat(examples).content().isEqualTo(before);

        save(true);

        assertThat(examples).content().isNotEqualTo(before);
        var review = migration
                .desk()
                .mappings((files, desk) ->
                        files.review(FROM_MESSAGE, files.get(FROM_MESSAGE).text()));
        assertThat(review.misfits()).isEmpty();
        assertThat(review.diff()).isEmpty();
    }

    private MappingFile save(boolean renew) {
        return migration.desk().mappings((files, desk) -> {
            var now = files.get(FROM_MESSAGE);
            return files.save(FROM_MESSAGE, now.text().replace("\"subtype\": .subtype,", ""), now.hash(), renew);
        });
    }

    @Test
    void a_template_that_is_wrong_is_not_saved() {
        assertThatThrownBy(() -> migration
                        .desk()
                        .mappings((files, desk) -> files.save(
                                FROM_MESSAGE, "{", files.get(FROM_MESSAGE).hash(), true)))
                .isInstanceOfSatisfying(
                        Problem.class, no -> assertThat(no.code()).startsWith("CRV-50"));
    }

    @Test
    void no_name_leads_out_of_the_folder() {
        for (var name : new String[] {"../../etc/passwd", "message.jslt", "message/../user", "", "MESSAGE\u0000"}) {
            assertThatThrownBy(() -> MappingPlace.of("from", name))
                    .isInstanceOfSatisfying(
                            Problem.class, no -> assertThat(no.code()).isEqualTo("CRV-670"));
        }
    }
}
