package dev.caravan.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A small Slack export, entry by entry. */
final class ExportZip {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** One channel, two people, two messages: nothing wrong in it. */
    static ExportZip sound() {
        return new ExportZip()
                .with(
                        "users.json",
                        """
                        [{"id": "U1", "name": "ann", "profile": {"real_name": "Ann", "email": "ann@example.com"}},
                         {"id": "U2", "name": "bob", "profile": {"real_name": "Bob", "email": "bob@example.com"}}]""")
                .with(
                        "channels.json",
                        "[{\"id\": \"C1\", \"name\": \"general\", \"created\": 1709000000, \"creator\": \"U1\","
                                + " \"members\": [\"U1\", \"U2\"]}]")
                .with(
                        "general/2024-03-04.json",
                        """
                        [{"type": "message", "user": "U1", "ts": "1709539200.000100", "text": "hello"},
                         {"type": "message", "user": "U2", "ts": "1709539260.000100", "text": "hello yourself"}]""");
    }

    /** All entries of another zip. */
    static ExportZip of(Path zip) {
        var copy = new ExportZip();
        try (var in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                copy.entries.put(entry.getName(), in.readAllBytes());
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ExportZip with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    ExportZip with(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    ExportZip without(String name) {
        entries.remove(name);
        return this;
    }

    Map<String, byte[]> entries() {
        return entries;
    }

    Path write(Path file) {
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
