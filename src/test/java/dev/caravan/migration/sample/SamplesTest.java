package dev.caravan.migration.sample;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.caravan.TestMigration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SamplesTest {

    private static final int ALL = 1000;

    @TempDir
    Path folder;

    @Test
    void everyMessageSampledIsExactlyWhatWasDelivered() throws Exception {
        var page = Files.readString(migrated().desk().sample(ALL, 1));

        assertThat(page.split("<article>")).hasSize(1 + 117);
        assertThat(page)
                .doesNotContain("not what was delivered")
                .contains("A sound message before all the broken ones.");
    }

    @Test
    void theSeedChoosesTheMessages() throws Exception {
        var migration = migrated();
        var one = Files.readString(migration.desk().sample(5, 1));
        var again = Files.readString(migration.desk().sample(5, 1));
        var other = Files.readString(migration.desk().sample(5, 2));

        assertThat(one.split("<article>")).hasSize(1 + 5);
        assertThat(again).isEqualTo(one);
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void eachMessageNamesWhoLooksAfterItsConversation() {
        var drawn = migrated().desk().drawn(ALL, 1);

        assertThat(drawn)
                .filteredOn(message -> message.conversation().equals("general"))
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message.owner()).isEqualTo("anna.berg"));
        assertThat(drawn)
                .filteredOn(message -> message.id().startsWith("D0ANNABRUN/"))
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message.owner()).isEqualTo("anna.berg, bruno"));
    }

    private TestMigration migrated() {
        var migration = new TestMigration(folder)
                .with("caravan.source.path", "sample/acme-slack-export.zip")
                .with("caravan.source.files-folder", "sample/acme-files")
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .with("caravan.sink.bot-owner", "admin");
        migration.run();
        return migration;
    }
}
