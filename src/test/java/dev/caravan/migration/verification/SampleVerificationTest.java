package dev.caravan.migration.verification;

import java.nio.file.Path;

import dev.caravan.TestMigration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.caravan.LastVerification.unexplained;
import static org.assertj.core.api.Assertions.assertThat;

/** The sample holds every kind of message; all of it reads back as it was linked. */
class SampleVerificationTest {

    @TempDir
    Path folder;

    @Test
    void onlyWhatTheCutFileLostAndTheMissingBytesMakeTheSampleDifferent() throws Exception {
        var migration = new TestMigration(folder)
                .with("caravan.source.path", "sample/acme-slack-export.zip")
                .with("caravan.source.files-folder", "sample/acme-files")
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .with("caravan.sink.bot-owner", "admin");
        migration.run();

        assertThat(unexplained(migration))
                .map(difference -> difference.kind() + " " + difference.field())
                .containsExactly("message rest-lost");
    }
}
