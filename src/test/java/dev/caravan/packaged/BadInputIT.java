package dev.caravan.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.caravan.connector.slack.ExportZip;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What an operator may get wrong, on the packaged application: a code, one clear line, the right exit status, no stack trace. */
@Tag("long")
class BadInputIT {

    private static final int USAGE = 2;
    private static final int ENVIRONMENT = 3;

    @TempDir
    Path folder;

    /** Spoils what the run is about to read; the folder holds a sound {@code export.zip} and a copy of {@code routes/}. */
    private interface Spoil {
        void in(Path folder, PackagedApp app) throws IOException;
    }

    static Stream<Arguments> spoiled() {
        return Stream.of(
                spoiled(
                        "not a zip",
                        "CRV-103",
                        ENVIRONMENT,
                        "export.zip",
                        (folder, app) -> Files.writeString(
                                folder.resolve("export.zip"), "no zip at all, but long enough to be one")),
                spoiled("truncated zip", "CRV-104", ENVIRONMENT, "export.zip", (folder, app) -> {
                    var zip = Files.readAllBytes(folder.resolve("export.zip"));
                    Files.write(folder.resolve("export.zip"), Arrays.copyOf(zip, zip.length * 2 / 3));
                }),
                spoiled(
                        "zip bomb",
                        "CRV-108",
                        ENVIRONMENT,
                        "caravan.source.max-ratio",
                        (folder, app) -> ExportZip.sound()
                                .with("general/2024-03-05.json", new byte[8 << 20])
                                .write(folder, "export.zip")),
                spoiled("name that leads out", "CRV-110", ENVIRONMENT, "../", (folder, app) -> ExportZip.sound()
                        .with("../../etc/cron.d/evil", "x")
                        .write(folder, "export.zip")),
                spoiled("no channels.json", "CRV-121", ENVIRONMENT, "channels.json", (folder, app) -> ExportZip.sound()
                        .without("channels.json")
                        .write(folder, "export.zip")),
                spoiled(
                        "source that is not there",
                        "CRV-101",
                        ENVIRONMENT,
                        "nowhere.zip",
                        (folder, app) -> app.with("caravan.source.path", "nowhere.zip")),
                spoiled(
                        "setting the source has not",
                        "CRV-203",
                        USAGE,
                        "application.properties:2",
                        (folder, app) -> Files.writeString(
                                folder.resolve("application.properties"), "# first\ncaravan.source.colour = red\n")),
                spoiled(
                        "mapping with an error",
                        "CRV-502",
                        USAGE,
                        "message.jslt, line ",
                        (folder, app) -> Files.writeString(
                                folder.resolve("routes/mappings/slack-export/from/message.jslt"),
                                "{\n  \"id\": .ts ts\n}")),
                spoiled(
                        "mapping that selects nothing",
                        "CRV-507",
                        USAGE,
                        "message.jslt",
                        (folder, app) -> Files.writeString(
                                folder.resolve("routes/mappings/slack-export/from/message.jslt"),
                                "{\"id\": .nothing, \"ts\": .here}")),
                spoiled(
                        "broken route",
                        "CRV-552",
                        USAGE,
                        "seal.camel.yaml",
                        (folder, app) -> Files.writeString(
                                folder.resolve("routes/seal.camel.yaml"), "- route:\n    id: seal\n    from: [\n")),
                spoiled(
                        "missing Kamelet",
                        "CRV-551",
                        USAGE,
                        "mattermost-bulk-sink",
                        (folder, app) ->
                                Files.delete(folder.resolve("routes/kamelets/mattermost-bulk-sink.kamelet.yaml"))),
                spoiled(
                        "package in a folder that is none",
                        "CRV-402",
                        ENVIRONMENT,
                        "mattermost.zip",
                        (folder, app) -> app.with("caravan.sink.path", "export.zip/mattermost.zip")),
                spoiled(
                        "work directory that cannot be made",
                        "CRV-204",
                        USAGE,
                        "export.zip",
                        (folder, app) -> app.with("caravan.work-dir", "export.zip/work")),
                spoiled(
                        "disk full at the start",
                        "CRV-307",
                        ENVIRONMENT,
                        "free space",
                        (folder, app) -> onDiskOf("250k", app)),
                spoiled("disk full while writing", "CRV-", ENVIRONMENT, "disk", (folder, app) -> {
                    ExportZip.sound()
                            .with("general/2024-03-05.json", messages(20_000))
                            .write(folder, "export.zip");
                    onDiskOf("2m", app.with("caravan.batch-size", "100"));
                }));
    }

    /** Puts the work directory on a small disk of its own, which only the application sees. */
    private static void onDiskOf(String size, PackagedApp app) {
        assumeThat(mayMount()).as("may mount a small disk").isTrue();
        app.startedBy(
                "unshare",
                "-m",
                "bash",
                "-c",
                "mkdir small && mount -t tmpfs -o size=" + size + " tmpfs small && exec \"$@\"",
                "bash");
        app.with("caravan.work-dir", "small/work");
    }

    private static String messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        "{\"type\": \"message\", \"user\": \"U1\", \"ts\": \"17096%05d.000100\", \"text\": \"one of many\"}"
                                ::formatted)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Arguments spoiled(String name, String code, int status, String mentions, Spoil spoil) {
        return Arguments.of(name, code, status, mentions, spoil);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoiled")
    void isToldInOneClearLine(String name, String code, int status, String mentions, Spoil spoil) throws IOException {
        sound(folder);
        var app = PackagedApp.demo(folder).with("caravan.source.path", "export.zip");
        spoil.in(folder, app);

        var run = app.run("run", "--json");

        assertThat(run.status()).as(run.err()).isEqualTo(status);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(code, mentions).doesNotContain("Exception", "\tat ", "CRV-900");
        assertThat(run.err().lines().count()).as(run.err()).isBetween(1L, 2L);
        assertThat(folder.resolve("mattermost.zip")).doesNotExist();
    }

    @Test
    void anExportWithoutPeopleArrivesWithPlaceholders() {
        ExportZip.sound().without("users.json").write(folder, "export.zip");

        var run = PackagedApp.demo(folder)
                .with("caravan.source.path", "export.zip")
                .run("run", "--json");

        assertThat(run.json().get("delivered").asLong()).as(run.err()).isEqualTo(2);
        assertThat(run.json().at("/rules/placeholder").asLong()).isEqualTo(2);
    }

    /** A first try that went wrong must not stand in the way of the second. */
    @Test
    void aMendedMistakeNeedsNoOtherOptionNextTime() {
        sound(folder);
        var wrong = PackagedApp.demo(folder)
                .with("caravan.source.path", "nowhere.zip")
                .run("run");
        var mended = PackagedApp.demo(folder)
                .with("caravan.source.path", "export.zip")
                .run("run");

        assertThat(wrong.status()).isEqualTo(ENVIRONMENT);
        assertThat(mended.status()).as(mended.err()).isZero();
    }

    private static void sound(Path folder) {
        ExportZip.sound().write(folder, "export.zip");
        Folders.copy(PackagedApp.PROJECT.resolve("routes"), folder.resolve("routes"));
    }

    private static boolean mayMount() {
        try {
            return new ProcessBuilder("unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
