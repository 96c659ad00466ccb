package dev.caravan.migration.notify;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import dev.caravan.TestMigration;
import dev.caravan.ledger.Run;
import dev.caravan.model.Problem;
import dev.caravan.model.Words;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Texts for the people whose chat moves hold the figures of the sample. */
class StaffNoticesTest {

    @TempDir
    Path folder;

    private TestMigration migration;

    @BeforeEach
    void prepare() {
        migration = new TestMigration(folder)
                .with("caravan.source.path", "sample/acme-slack-export.zip")
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .with("caravan.sink.bot-owner", "admin")
                .with("caravan.notify.name", "Acme chat")
                .with("caravan.staff.address", "https://chat.example.com/a_b")
                .with("caravan.staff.contact", "help_desk@example.com");
    }

    @Test
    void before_the_move_they_say_what_comes_along_what_does_not_and_where_it_will_be() {
        var text = migration.desk().staffNotices().before(migration.check(), Words.ENGLISH);

        assertThat(text)
                .startsWith("# We are moving: Acme chat\n\nOur chat moves")
                .contains("17 people, 17 channels and conversations, 123 messages, 12 files")
                .containsPattern("expected to be done by 20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC")
                .contains("https://chat.example.com/a_b")
                .contains("What will not come along")
                .contains("Questions: help_desk@example.com")
                .doesNotContain("{", "null", "\n\n\n");
        assertThat(folder.resolve("work")).doesNotExist();
    }

    @Test
    void afterwards_they_say_what_is_there_and_what_is_still_being_mended() {
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(migration.desk().staffNotices().after(Words.ENGLISH))
                .startsWith("# We have moved: Acme chat")
                .contains("17 people, 17 channels and conversations, 117 of 123 messages")
                .contains("4 records could not be moved yet")
                .doesNotContain("{", "null", "\n\n\n");
        assertThat(migration.desk().staffNotices().during(Optional.of(Instant.EPOCH), Words.ENGLISH))
                .contains("117 of 123 messages")
                .contains("done by 1970-01-01 00:00 UTC")
                .doesNotContain("{", "null", "\n\n\n");
    }

    @Test
    void they_speak_chinese_with_the_words_of_the_rules() {
        var before = migration.desk().staffNotices().before(migration.check(), Words.CHINESE);
        migration.run();

        assertThat(before)
                .startsWith("# 迁移通知：Acme chat")
                .contains("17 位人员、17 个频道和会话、123 条消息")
                .containsPattern("不会迁移，或形式会改变的内容：\\*\\*\n\n- [^a-z]")
                .doesNotContain("{", "null");
        assertThat(migration.desk().staffNotices().after(Words.CHINESE)).contains("123 条消息中的 117 条");
        assertThat(migration.desk().staffNotices().during(Optional.empty(), Words.CHINESE))
                .contains("目前已有 117 条送达。");
    }

    @Test
    void what_is_not_set_is_left_out() {
        migration.without("caravan.staff.address").without("caravan.staff.contact");

        assertThat(migration.desk().staffNotices().before(migration.check(), Words.ENGLISH))
                .contains("**Where you find things afterwards:** Your channels")
                .doesNotContain("Questions");
    }

    @Test
    void before_any_run_there_is_nothing_to_say_of_one() {
        assertThatThrownBy(() -> migration.desk().staffNotices().after(Words.ENGLISH))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("CRV-303");
    }

    @Test
    void operators_write_their_own() {
        migration.route("notices/staff-after.en.md", "{figures.moved} moved, {figures.nothing}");
        migration.run();

        assertThatThrownBy(() -> migration.desk().staffNotices().after(Words.ENGLISH))
                .hasMessageStartingWith("CRV-685");
        migration.route("notices/staff-after.en.md", "{figures.moved} moved");
        assertThat(migration.desk().staffNotices().after(Words.ENGLISH)).isEqualTo("117 moved\n");
    }
}
