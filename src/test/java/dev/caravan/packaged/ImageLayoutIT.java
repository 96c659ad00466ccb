package dev.caravan.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The Dockerfile's layout, without Docker: what it copies, where it copies it, run as somebody who may write nothing there. */
class ImageLayoutIT {

    private static final Pattern COPY = Pattern.compile("^COPY (\\S+) (\\S+)$", Pattern.MULTILINE);
    private static final Pattern FLAGS = Pattern.compile("\"(-XX:[^\"]+)\"");
    private static final String NOBODY = "65534";

    @TempDir
    Path folder;

    @Test
    void theImageWorksFromAnotherFolderForAUserWhoMayWriteNothingInIt() throws IOException {
        var dockerfile = Files.readString(PackagedApp.PROJECT.resolve("Dockerfile"));
        var image = folder.resolve("image");
        COPY.matcher(dockerfile)
                .results()
                .forEach(
                        copy -> Folders.copy(PackagedApp.PROJECT.resolve(copy.group(1)), image.resolve(copy.group(2))));
        assertThat(image).isDirectoryContaining("glob:**/application.properties");
        var volume = Files.createDirectory(folder.resolve("volume"));
        readable(folder);
        Files.setPosixFilePermissions(volume, PosixFilePermissions.fromString("rwxrwxrwx"));
        readOnly(image);

        var app = PackagedApp.demo(volume).jar(image.resolve("app/quarkus-run.jar"));
        asNobody(app);
        FLAGS.matcher(dockerfile).results().map(flag -> flag.group(1)).forEach(app::jvm);
        assertThat(dockerfile).contains("/caravan/app/quarkus-run.jar");
        var run = app.environment("CARAVAN_WORK_DIR", volume.resolve("work").toString())
                .run("run", "--json");

        assertThat(run.status()).as(run.err()).isIn(1, 4);
        assertThat(run.json().get("read").asLong()).isEqualTo(123);
        assertThat(volume.resolve("work/ledger.db")).exists();
        assertThat(volume.resolve("mattermost.zip")).exists();
    }

    @Test
    void theSampleNeedsNoOptionAtAll() {
        Folders.copy(PackagedApp.PROJECT.resolve("routes"), folder.resolve("routes"));
        Folders.copy(PackagedApp.PROJECT.resolve("sample"), folder.resolve("sample"));
        Folders.copy(PackagedApp.PROJECT.resolve("application.properties"), folder.resolve("application.properties"));

        var run = new PackagedApp(folder).run("run", "--json");

        assertThat(run.status()).as(run.err()).isIn(1, 4);
        assertThat(run.json().get("delivered").asLong()).isGreaterThan(100);
        assertThat(folder.resolve("caravan-work/mattermost.zip")).exists();
    }

    /** As root there is no such thing as a folder one may not write. */
    private static void asNobody(PackagedApp app) throws IOException {
        if (Files.getOwner(Path.of("/proc/self")).getName().equals("root")) {
            assumeThat(Path.of("/usr/bin/setpriv")).exists();
            app.startedBy("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups");
        }
    }

    private static void readable(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void readOnly(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(
                        file, PosixFilePermissions.fromString(Files.isDirectory(file) ? "r-xr-xr-x" : "r--r--r--"));
            }
        }
    }
}
