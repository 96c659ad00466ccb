package dev.caravan;

import java.nio.file.Path;

import dev.caravan.ledger.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The first road: a Slack export becomes a Mattermost package, every record accounted for. */
class SlackToMattermostTest {

    @TempDir
    Path folder;

    @Test
    void aSlackExportArrivesWhole() throws Exception {
        var migration = migration(Path.of("sample/acme-slack-export.zip"));

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(folder.resolve("package.zip")).exists();
        try (var ledger = migration.ledger()) {
            System.err.println(ledger.runs().account(1));
            ledger.deadLetters()
                    .list(dev.caravan.ledger.LetterFilter.ALL, 0, 1000)
                    .forEach(System.err::println);
        }
    }

    private TestMigration migration(Path export) {
        return new TestMigration(folder)
                .with("caravan.source.path", export.toString())
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .with("caravan.sink.bot-owner", "admin");
    }
}
