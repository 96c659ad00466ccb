package dev.caravan.connector.mattermost;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipFile;

import dev.caravan.model.Sha256;

/**
 * The lines of a package: of the first .jsonl in the zip, as the server takes it, or of a file that is nothing else.
 *
 * @param entry name of what is read
 * @param zip null when the file is nothing but lines
 */
record PackageFile(Path path, String entry, InputStream content, ZipFile zip) implements Closeable {

    static PackageFile open(Path path) throws IOException {
        if (!zipped(path)) {
            return new PackageFile(path, path.getFileName().toString(), Files.newInputStream(path), null);
        }
        var zip = new ZipFile(path.toFile());
        var entry = zip.stream()
                .filter(e -> e.getName().toLowerCase(Locale.ROOT).endsWith(".jsonl"))
                .findFirst();
        if (entry.isEmpty()) {
            zip.close();
            throw new IOException("no .jsonl in it");
        }
        return new PackageFile(path, entry.get().getName(), zip.getInputStream(entry.get()), zip);
    }

    /** Of an attachment's bytes, in hexadecimal; nothing when they are not in the package. */
    Optional<String> sha256(String attachment) throws IOException {
        var entry = zip == null ? null : zip.getEntry(MattermostSeal.DATA + attachment);
        if (entry == null) {
            return Optional.empty();
        }
        try (var in = zip.getInputStream(entry)) {
            return Optional.of(Sha256.hex(in));
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
        if (zip != null) {
            zip.close();
        }
    }

    static boolean zipped(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }
}
