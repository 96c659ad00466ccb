package dev.caravan.connector.mattermost;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import dev.caravan.model.Problem;

/**
 * Where the bytes of attachments and pictures come from: a folder of downloaded files, or the package that is the source.
 * Their paths come from the source.
 */
final class GivenFiles implements Closeable {

    private final Path folder;
    private final ZipFile archive;

    /** @param place a folder, a package, or null when no files were given */
    GivenFiles(Path place) throws IOException {
        archive = place != null && Files.isRegularFile(place) && PackageFile.zipped(place)
                ? new ZipFile(place.toFile())
                : null;
        folder = archive == null && place != null ? place.toAbsolutePath().normalize() : null;
    }

    /** @throws Problem CRV-403 when it is not there, or its path leads elsewhere */
    InputStream open(String path) throws IOException {
        return archive == null ? Files.newInputStream(inFolder(path)) : archive.getInputStream(inArchive(path));
    }

    /** Bytes. */
    long size(String path) throws IOException {
        return archive == null ? Files.size(inFolder(path)) : inArchive(path).getSize();
    }

    private ZipEntry inArchive(String path) {
        var entry = archive.getEntry(MattermostSeal.DATA + path);
        if (entry == null) {
            throw new Problem("CRV-403", path);
        }
        return entry;
    }

    private Path inFolder(String path) {
        Path file = folder == null ? null : folder.resolve(path).normalize();
        if (file == null || !file.startsWith(folder) || !Files.exists(file)) {
            throw new Problem("CRV-403", path);
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        if (archive != null) {
            archive.close();
        }
    }
}
