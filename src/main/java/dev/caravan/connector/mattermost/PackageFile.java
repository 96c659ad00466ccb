package dev.caravan.connector.mattermost;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipFile;

/**
 * The lines of a package: of the first .jsonl in the zip, as the server takes it, or of a file that is nothing else.
 *
 * @param entry name of what is read
 */
record PackageFile(Path path, String entry, InputStream content) implements Closeable {

    static PackageFile open(Path path) throws IOException {
        if (!zipped(path)) {
            return new PackageFile(path, path.getFileName().toString(), Files.newInputStream(path));
        }
        var zip = new ZipFile(path.toFile());
        var entry = zip.stream()
                .filter(e -> e.getName().toLowerCase(Locale.ROOT).endsWith(".jsonl"))
                .findFirst();
        if (entry.isEmpty()) {
            zip.close();
            throw new IOException("no .jsonl in it");
        }
        var content = new FilterInputStream(zip.getInputStream(entry.get())) {
            @Override
            public void close() throws IOException {
                super.close();
                zip.close();
            }
        };
        return new PackageFile(path, entry.get().getName(), content);
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    private static boolean zipped(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }
}
