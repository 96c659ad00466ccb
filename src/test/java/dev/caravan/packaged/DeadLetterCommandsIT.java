package dev.caravan.packaged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.caravan.connector.slack.ExportZip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What scripts do about bad records after a run, and how they ask whether all is still there. */
class DeadLetterCommandsIT {

    private static final String MENDED =
            "{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"17095394%02d.000100\",\"text\":\"mended\"}";

    @TempDir
    Path folder;

    /** One journey for many promises, as each start costs seconds. */
    @Test
    void lettersAreMendedSentOrWaivedAndThePackageIsComparedAgain() throws IOException {
        ExportZip.sound()
                .day(
                        "2024-03-05",
                        "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"one\"}",
                        "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"two\"}",
                        "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"three\"}")
                .write(folder, "export.zip");
        var ran = app().run("run", "--json");
        assertThat(ran.status()).as(ran.err()).isEqualTo(1);

        var list = app().run("dead-letters", "list", "--json");
        assertThat(list.status()).isZero();
        var letters = list.json().path("letters");
        assertThat(letters).hasSize(3);
        var first = letters.get(0).path("id").asText();
        var second = letters.get(1).path("id").asText();

        var shown = app().run("dead-letters", "show", first, "--json");
        assertThat(shown.status()).isZero();
        assertThat(new String(shown.json().path("raw").binaryValue())).contains("\"one\"");

        var file = Files.writeString(folder.resolve("one.json"), MENDED.formatted(1));
        var edited = app().run("dead-letters", "edit", first, file.toString(), "--json");
        assertThat(edited.status()).isZero();
        assertThat(edited.json().path("id").asText()).isEqualTo(first);
        Files.writeString(folder.resolve("two.json"), MENDED.formatted(2));
        var piped =
                app().startedBy("sh", "-c", "exec \"$@\" < two.json", "sh").run("dead-letters", "edit", second, "-");
        assertThat(piped.status()).isZero();

        var replayed = app().run("dead-letters", "replay", first, second, "--json");
        assertThat(replayed.status()).as("one letter is still open").isEqualTo(1);
        assertThat(replayed.json().path("delivered").asInt()).isEqualTo(4);
        assertThat(replayed.json().path("dead").asInt()).isEqualTo(1);

        var waived =
                app().run("dead-letters", "waive", letters.get(2).path("id").asText(), "--reason", "spam", "--json");
        assertThat(waived.status()).isZero();
        assertThat(waived.json().path("waived").asInt()).isEqualTo(1);

        var sound = app().run("verify", "--json");
        assertThat(sound.status()).isZero();
        assertThat(sound.json().path("verdict").asText()).startsWith("equal");

        var zip = folder.resolve("mattermost.zip");
        var damaged = ExportZip.of(zip);
        var lines = new String(damaged.entries().get("import.jsonl"), StandardCharsets.UTF_8);
        damaged.with("import.jsonl", lines.replace("hello yourself", "damaged")).write(folder, "mattermost.zip");
        var different = app().run("verify", "--json");
        assertThat(different.status()).isEqualTo(4);
        assertThat(different.json().path("verdict").asText()).isEqualTo("different");
    }

    private PackagedApp app() {
        return PackagedApp.demo(folder).with("caravan.source.path", "export.zip");
    }
}
