package dev.caravan.fakechat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of lines that survives a killed process: a line counts once it is whole, and is promised once it is forced. */
final class FakeLog implements Closeable {

    /** @param offset first byte of the line, @param length without its end */
    record Place(long offset, int length) {}

    interface Reader {
        void line(Place place, byte[] line) throws IOException;
    }

    private final FileChannel file;
    private final Object forcing = new Object();
    private long forced;
    private volatile long end;

    /** Reads what is there; a last line without an end was never promised and is cut off. */
    FakeLog(Path path, Reader reader) throws IOException {
        if (Files.exists(path)) {
            try (var in = new BufferedInputStream(Files.newInputStream(path), 1 << 20)) {
                end = readLines(in, reader);
            }
        }
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        file.truncate(end);
        file.force(true);
        forced = end;
    }

    private static long readLines(InputStream in, Reader reader) throws IOException {
        var line = new ByteArrayOutputStream();
        long start = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                reader.line(new Place(start, line.size()), line.toByteArray());
                start += line.size() + 1;
                line.reset();
            } else {
                line.write(b);
            }
        }
        return start;
    }

    /** Not to be called by two threads at once. */
    Place append(byte[] line) throws IOException {
        var place = new Place(end, line.length);
        var bytes =
                ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        for (long at = end; bytes.hasRemaining(); ) {
            at += file.write(bytes, at);
        }
        end += line.length + 1;
        return place;
    }

    /** Returns when everything appended so far is on the disk. Callers that come meanwhile share one force. */
    void force() throws IOException {
        long wanted = end;
        synchronized (forcing) {
            if (forced < wanted) {
                long now = end;
                file.force(false);
                forced = now;
            }
        }
    }

    byte[] read(Place place) throws IOException {
        var bytes = ByteBuffer.allocate(place.length());
        while (bytes.hasRemaining()) {
            if (file.read(bytes, place.offset() + bytes.position()) < 0) {
                throw new IOException("the log is shorter than it was");
            }
        }
        return bytes.array();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
