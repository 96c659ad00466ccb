package dev.caravan.transport;

import java.util.List;

/**
 * One entry of a zip's central directory (PKWARE APPNOTE 4.3.12).
 *
 * @param position where its header starts in the central directory; names the entry in {@link ZipArchive#open(long)}
 * @param name as written, with {@code /}; folders end in one
 * @param method 0 stored, 8 deflated
 * @param localHeader where its data's own header starts
 * @param unixMode 0 when the archive was not made on a Unix
 */
public record ArchiveEntry(
        long position,
        String name,
        int flags,
        int method,
        long crc,
        long packedBytes,
        long bytes,
        long localHeader,
        int unixMode) {

    private static final List<String> ARCHIVES = List.of(".zip", ".gz", ".tar", ".7z");
    private static final int TYPE_MASK = 0xF000;
    private static final int SYMLINK = 0xA000;

    public boolean isFolder() {
        return name.endsWith("/");
    }

    /** By its name. */
    public boolean isArchive() {
        return ARCHIVES.stream().anyMatch(name::endsWith);
    }

    public boolean isEncrypted() {
        return (flags & 1) != 0;
    }

    public boolean isSymlink() {
        return (unixMode & TYPE_MASK) == SYMLINK;
    }
}
