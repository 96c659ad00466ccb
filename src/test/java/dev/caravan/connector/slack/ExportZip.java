package dev.caravan.connector.slack;

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

/** Writes small exports for tests. */
public final class ExportZip {

    static final String ONE_CHANNEL = "[{\"id\":\"C1\",\"name\":\"general\",\"members\":[\"U1\",\"U2\"]}]";

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** A channel and two people, by id and name only; nobody has said anything. */
    public static ExportZip withGeneral() {
        return new ExportZip()
                .with("users.json", "[{\"id\":\"U1\",\"name\":\"ada\"},{\"id\":\"U2\",\"name\":\"bob\"}]")
                .with("channels.json", ONE_CHANNEL);
    }

    /** A channel, people of whom everything is known, and two messages: nothing wrong in it. */
    public static ExportZip sound() {
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
    public static ExportZip of(Path zip) {
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

    public static String message(String ts, String text) {
        return "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"" + text + "\",\"ts\":\"" + ts + "\"}";
    }

    public ExportZip with(String entry, String content) {
        return with(entry, content.getBytes(StandardCharsets.UTF_8));
    }

    public ExportZip with(String entry, byte[] content) {
        entries.put(entry, content);
        return this;
    }

    public ExportZip without(String entry) {
        entries.remove(entry);
        return this;
    }

    public Map<String, byte[]> entries() {
        return entries;
    }

    /** A day file of the channel general. */
    public ExportZip day(String day, String... messages) {
        return with("general/" + day + ".json", "[" + String.join(",\n", messages) + "]");
    }

    public Path write(Path folder, String name) {
        var file = folder.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
