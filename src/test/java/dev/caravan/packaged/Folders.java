package dev.caravan.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.caravan.connector.slack.ExportZip;

/** What tests do with whole folders. */
final class Folders {

    private Folders() {}

    static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                var copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of all files below, by their path; those of a zip unpacked. */
    static Map<String, byte[]> contents(Path folder) {
        var contents = new TreeMap<String, byte[]>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                var name = folder.relativize(file).toString();
                contents.put(name, Files.readAllBytes(file));
                if (name.endsWith(".zip")) {
                    ExportZip.of(file).entries().forEach((entry, bytes) -> contents.put(name + "!" + entry, bytes));
                }
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> names(Path folder) {
        return List.copyOf(contents(folder).keySet());
    }
}
