package dev.caravan.migration.find;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.caravan.TestMigration;
import dev.caravan.migration.find.Found.Became;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The sample is moved once, with a filter, and everything asked of it afterwards. */
class FinderTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    static Path folder;

    private static TestMigration migration;

    @BeforeAll
    static void run() throws IOException {
        migration = new TestMigration(folder)
                .with("caravan.source.path", "sample/acme-slack-export.zip")
                .with("caravan.source.files-folder", "sample/acme-files")
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .with("caravan.sink.bot-owner", "admin")
                .with("caravan.missing-author", "dead-letter")
                .with("caravan.filter.except-channels", "random");
        var subtypes = folder.resolve("routes/rules/slack-subtypes.yaml");
        Files.writeString(
                subtypes,
                Files.readString(subtypes)
                        .replaceFirst(
                                "subtype: channel_join\n    policy: system",
                                "subtype: channel_join\n    policy: skip"));
        migration.run();
    }

    private static List<Found> find(String text) {
        return migration.desk().find(finder -> finder.find(text, PATIENCE)).found();
    }

    private static Finder.Scope everywhere() {
        return new Finder.Scope(null, null, PATIENCE);
    }

    @Test
    void a_permalink_leads_to_conversation_and_time_on_the_target() {
        var found = find("https://acme.slack.com/archives/C0GENERAL1/p1709539500000001?thread_ts=1709539500.000001");

        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.became()).isEqualTo(Became.ARRIVED);
            assertThat(one.id()).isEqualTo("C0GENERAL1/1709539500.000001");
            assertThat(one.conversationName()).isEqualTo("general");
            assertThat(one.where().word()).isEqualTo("mattermost-bulk");
            assertThat(one.where().details())
                    .containsExactly("acme / ~general", Instant.ofEpochMilli(1_709_539_500_000L));
        });
    }

    @Test
    void an_id_says_the_same_as_its_permalink() {
        assertThat(find("C0GENERAL1/1709539500.000001"))
                .isEqualTo(find("https://acme.slack.com/archives/C0GENERAL1/p1709539500000001"));
    }

    @Test
    void of_a_message_that_a_rule_left_out_the_rule_is_told() {
        assertThat(find("https://acme.slack.com/archives/C0GENERAL1/p1709539200013719"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.became()).isEqualTo(Became.FILTERED);
                    assertThat(one.why()).isEqualTo("slack-channel-join");
                    assertThat(one.where()).isNull();
                });
    }

    @Test
    void of_a_conversation_that_is_left_out_the_filter_is_told() {
        assertThat(find("#random")).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Kind.CHANNEL);
            assertThat(one.became()).isEqualTo(Became.FILTERED);
            assertThat(one.why()).isEqualTo("channel-filter");
        });
        assertThat(find("C0RANDOM02/1709539500.000001")).extracting(Found::why).containsExactly("channel-filter");
    }

    @Test
    void what_became_a_dead_letter_is_told_with_its_number_and_cause() {
        long letter = migration.letters().list(dev.caravan.ledger.LetterFilter.ALL, 0, 100).stream()
                .filter(one -> one.sourceId() != null && one.kind() == Kind.MESSAGE)
                .findFirst()
                .orElseThrow()
                .id();
        var head = migration.letters().show(letter).head();

        assertThat(find(head.sourceId())).anySatisfy(one -> {
            assertThat(one.became()).isEqualTo(Became.DEAD_LETTER);
            assertThat(one.letter()).isEqualTo(letter);
            assertThat(one.why()).isEqualTo(head.cause());
        });
    }

    @Test
    void people_are_found_by_any_of_their_names() {
        var byId = find("U0ANNA0001");
        assertThat(byId).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Kind.USER);
            assertThat(one.became()).isEqualTo(Became.ARRIVED);
            assertThat(one.where().details()).containsExactly("@" + "anna.berg");
        });
        assertThat(find("@anna.berg")).isEqualTo(byId);
        assertThat(find("Anna.Berg")).isEqualTo(byId);
    }

    @Test
    void what_somebody_wrote_on_a_day_is_read_from_the_source_with_what_rules_left_out() {
        var answer = migration.desk().find(finder -> finder.of("anna.berg", "2024-03-04", everywhere()));

        assertThat(answer.found())
                .anySatisfy(one -> {
                    assertThat(one.id()).isEqualTo("C0GENERAL1/1709539500.000001");
                    assertThat(one.became()).isEqualTo(Became.ARRIVED);
                })
                .anySatisfy(one -> {
                    assertThat(one.became()).isEqualTo(Became.FILTERED);
                    assertThat(one.why()).isEqualTo("slack-channel-join");
                });
        assertThat(answer.looked().conversations()).isEqualTo(answer.looked().all());
        assertThat(answer.looked().next()).isNull();
        assertThat(migration
                        .desk()
                        .find(finder -> finder.of("anna.berg", "2023-01-01", everywhere()))
                        .found())
                .isEmpty();
    }

    @Test
    void a_file_is_found_by_its_name_with_the_message_that_carries_it() {
        var answer = migration.desk().find(finder -> finder.file("REPORT.pdf", everywhere()));

        assertThat(answer.found()).isNotEmpty().allSatisfy(one -> {
            assertThat(one.file().name()).isEqualTo("report.pdf");
            assertThat(one.id()).startsWith("C0ENGINE07/");
            assertThat(one.became()).isEqualTo(Became.ARRIVED);
        });
        assertThat(migration
                        .desk()
                        .find(finder -> finder.file("port.pdf", everywhere()))
                        .found())
                .isEmpty();
    }

    @Test
    void a_look_that_takes_too_long_goes_on_where_it_ended() {
        var hurried = new Finder.Scope(null, null, Duration.ZERO);
        var first = migration.desk().find(finder -> finder.file("report.pdf", hurried));
        assertThat(first.looked().conversations()).isLessThan(first.looked().all());

        var next = new Finder.Scope("engineering", null, PATIENCE);
        assertThat(migration
                        .desk()
                        .find(finder -> finder.file("report.pdf", next))
                        .looked()
                        .all())
                .isEqualTo(1);
        var behind = new Finder.Scope(null, "C0ENGINE07", PATIENCE);
        assertThat(migration
                        .desk()
                        .find(finder -> finder.file("report.pdf", behind))
                        .found())
                .isEmpty();
    }

    @Test
    void the_table_of_addresses_has_each_message_once_and_no_formula() {
        var lines =
                migration.desk().permalinks("https://acme.slack.com/").lines().toList();

        assertThat(lines).hasSizeGreaterThan(80).doesNotHaveDuplicates();
        assertThat(lines)
                .anyMatch(
                        line -> line.startsWith(
                                "\"C0GENERAL1/1709539500.000001\",\"https://acme.slack.com/archives/C0GENERAL1/p1709539500000001\","))
                .anyMatch(line -> line.contains("dead-letter"))
                .noneMatch(line -> line.contains("C0RANDOM02/"));
        assertThatThrownBy(() -> migration.desk().permalinks("=cmd()"))
                .isInstanceOfSatisfying(
                        Problem.class, no -> assertThat(no.code()).isEqualTo("CRV-661"));
    }

    @Test
    void a_day_that_is_none_is_refused() {
        assertThatThrownBy(() -> migration.desk().find(finder -> finder.of("anna", "yesterday", everywhere())))
                .isInstanceOfSatisfying(
                        Problem.class, no -> assertThat(no.code()).isEqualTo("CRV-660"));
    }
}
