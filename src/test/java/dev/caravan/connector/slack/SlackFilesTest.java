package dev.caravan.connector.slack;

import java.io.IOException;
import java.nio.file.Files;

import dev.caravan.model.Item;
import org.junit.jupiter.api.Test;

import static dev.caravan.connector.slack.ExportZip.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What is told beside a message: its files as they were downloaded, its pin, but no token that opens files. */
class SlackFilesTest extends SlackExportReading {

    @Test
    void theExportTokenIsNowhere() {
        write(ExportZip.withGeneral()
                .day(
                        DAY,
                        "{\"ts\":\"" + ts(T)
                                + "\",\"files\":[{\"id\":\"F1\",\"url_private\":\"https:\\/\\/files.slack.com\\/f?t=xoxe-1-2-abc&pub_secret=5e1f\"}]}",
                        "{\"text\":\"xoxb-12-secret\" broken}"));

        var batches = messages();

        assertThat(batches.get(0).items().get(0).source().toString())
                .contains("f?t=caravan-redacted&pub_secret=caravan-redacted")
                .doesNotContain("xoxe");
        assertThat(new String(batches.get(0).items().get(0).raw(), UTF_8))
                .doesNotContain("xoxe")
                .doesNotContain("5e1f");
        assertThat(new String(refused(batches).get(0).raw(), UTF_8)).doesNotContain("secret");
    }

    @Test
    void pinsAndDownloadedFilesAreToldBesideTheMessage() throws IOException {
        var files = Files.createDirectories(folder.resolve("files/F1"));
        Files.writeString(files.resolve("a.txt"), "abc");
        Files.createDirectories(folder.resolve("files/__uploads/F2"));
        Files.writeString(folder.resolve("files/__uploads/F2/b_.txt"), "abcd");
        Files.writeString(folder.resolve("secret.txt"), "s");
        export.setFilesFolder(folder.resolve("files").toString());
        write(ExportZip.withGeneral()
                .with(
                        "channels.json",
                        "[{\"id\":\"C1\",\"name\":\"general\",\"pins\":[{\"id\":\"" + ts(T) + "\",\"type\":\"C\"}]}]")
                .day(
                        DAY,
                        "{\"ts\":\"" + ts(T)
                                + "\",\"files\":[{\"id\":\"F1\",\"name\":\"a.txt\"},{\"id\":\"F2\",\"name\":\"b?.txt\"},"
                                + "{\"id\":\"../secret.txt\",\"name\":\"x\"},{\"id\":\"F1\",\"name\":\"../../secret.txt\"}]}",
                        message(ts(T + 1), "b")));

        var items = messages().get(0).items();

        assertThat(items.get(0).source().path(Item.CONTEXT).toString())
                .isEqualTo(
                        "{\"channel\":\"C1\",\"pinned\":true,\"files\":{\"F1\":{\"path\":\"F1/a.txt\",\"size\":3,\"sha256\":"
                                + "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"},"
                                + "\"F2\":{\"path\":\"__uploads/F2/b_.txt\",\"size\":4,\"sha256\":"
                                + "\"88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589\"}}}");
        assertThat(items.get(1).source().path(Item.CONTEXT).has("pinned")).isFalse();
    }

    @Test
    void aWebPageInPlaceOfAFileIsNoticed() throws IOException {
        Files.createDirectories(folder.resolve("files/F1"));
        Files.writeString(folder.resolve("files/F1/a.png"), "\n<!DOCTYPE html><html>Sign in</html>");
        Files.createDirectories(folder.resolve("files/F2"));
        Files.writeString(folder.resolve("files/F2/page.html"), "<html>saved</html>");
        export.setFilesFolder(folder.resolve("files").toString());
        write(ExportZip.withGeneral()
                .day(
                        DAY,
                        "{\"ts\":\"%s\",\"files\":[{\"id\":\"F1\",\"name\":\"a.png\",\"mimetype\":\"image/png\"},{\"id\":\"F2\",\"name\":\"page.html\",\"mimetype\":\"text/html\"}]}"
                                .formatted(ts(T))));

        var files = messages().get(0).items().get(0).source().at("/caravan/files");

        assertThat(files.at("/F1/webPage").asBoolean()).isTrue();
        assertThat(files.path("F2").has("webPage")).isFalse();
    }
}
