package dev.caravan.connector.mattermost;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip that is there as a whole or not at all, and the same for the same content: no times, no order of its own. */
final class PackageZip implements AutoCloseable {

    /**
     * Not the very first that a zip can hold: Java writes that one a second time, in the zone of this machine.
     */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Path target;
    private final Path temporary;
    private final Zip zip;
    private final int level;
    private boolean finished;

    PackageZip(Path target, Path temporary, int level) throws IOException {
        this.target = target;
        this.temporary = temporary;
        this.level = level;
        this.zip = new Zip(new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 18));
    }

    /** The stream takes what belongs to the entry until the next call. */
    OutputStream text(String name) throws IOException {
        zip.setLevel(level);
        begin(name);
        return zip;
    }

    /** Files are copied as they are: pictures and archives do not shrink. */
    void file(String name, InputStream content) throws IOException {
        zip.setLevel(Deflater.NO_COMPRESSION);
        begin(name);
        content.transferTo(zip);
    }

    /** Forces the zip to disk and gives it its name. */
    void finish() throws IOException {
        zip.close();
        finished = true;
        try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        if (!finished) {
            zip.abandon();
            Files.deleteIfExists(temporary);
        }
    }

    private void begin(String name) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
    }

    private static final class Zip extends ZipOutputStream {
        Zip(OutputStream out) {
            super(out);
            // The default of 512 bytes costs a native call each.
            buf = new byte[1 << 16];
        }

        /** Closes the file without the directory that would make it look whole. */
        void abandon() throws IOException {
            out.close();
            def.end();
        }
    }
}
