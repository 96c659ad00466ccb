package dev.caravan.connector.slack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes small exports for tests. */
public final class ExportZip {

    static final String ONE_CHANNEL = "[{\"id\":\"C1\",\"name\":\"general\",\"members\":[\"U1\",\"U2\"]}]";

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    public static ExportZip withGeneral() {
        return new ExportZip()
                .with("users.json", "[{\"id\":\"U1\",\"name\":\"ada\"},{\"id\":\"U2\",\"name\":\"bob\"}]")
                .with("channels.json", ONE_CHANNEL);
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
