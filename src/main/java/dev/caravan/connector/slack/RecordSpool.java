package dev.caravan.connector.slack;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import dev.caravan.model.Problem;

/** Records that do not fit on the heap, in a temporary file that exists only while it is needed. */
final class RecordSpool implements Closeable {

    private final Path folder;
    private FileChannel channel;
    private long end;

    RecordSpool(Path folder) {
        this.folder = folder;
    }

    /** Where the record now lies. */
    long add(byte[] raw) {
        try {
            if (channel == null) {
                var file = Files.createTempFile(place(), "slack-day-", ".spool");
                channel = FileChannel.open(
                        file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            }
            long position = end;
            var bytes = ByteBuffer.wrap(raw);
            while (bytes.hasRemaining()) {
                end += channel.write(bytes, end);
            }
            return position;
        } catch (IOException e) {
            throw new Problem(e, "CRV-126", folder);
        }
    }

    /** A check makes no work directory. */
    private Path place() {
        return Files.isDirectory(folder) ? folder : Path.of(System.getProperty("java.io.tmpdir"));
    }

    byte[] get(long position, int length) {
        try {
            var bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, position + bytes.position()) < 0) {
                    throw new EOFException();
                }
            }
            return bytes.array();
        } catch (IOException e) {
            throw new Problem(e, "CRV-126", folder);
        }
    }

    /** Forgets all records, when none of them is needed any more. */
    void clear() {
        end = 0;
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new Problem(e, "CRV-126", folder);
        }
    }
}
