package dev.caravan.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Exports of any size, by the generator of the bench. */
final class GeneratedExport {

    private GeneratedExport() {}

    /** @param options of {@code bench/GenerateExport.java} */
    static Path write(Path file, String... options) {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                PackagedApp.PROJECT.resolve("bench/GenerateExport.java").toString()));
        line.addAll(Arrays.asList(options));
        line.add(file.toString());
        try {
            var process = new ProcessBuilder(line).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(said).isZero();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
