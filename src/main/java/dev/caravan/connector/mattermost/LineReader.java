package dev.caravan.connector.mattermost;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of bytes, in one buffer that is as large as the longest of them. */
final class LineReader implements Closeable {

    private final InputStream in;
    private final int limit;
    private byte[] buffer = new byte[1 << 18];
    private int from;
    private int to;
    private int size;
    private long start;
    private long number;

    /** @param limit bytes of the longest line that is read */
    LineReader(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** @return whether there is one more; {@link #line} holds it until the next call */
    boolean next() throws IOException {
        start += number == 0 ? 0 : to - from + 1;
        from = number == 0 ? 0 : to + 1;
        int at = from;
        while (true) {
            while (at < size && buffer[at] != '\n') {
                at++;
            }
            if (at < size) {
                break;
            }
            at -= from;
            if (!more()) {
                at += from;
                if (at == from) {
                    return false;
                }
                break;
            }
            at += from;
        }
        to = at;
        number++;
        return true;
    }

    byte[] line() {
        return Arrays.copyOfRange(buffer, from, to);
    }

    /** From 1. */
    long number() {
        return number;
    }

    /** Of the line's first byte, from 0. */
    long offset() {
        return start;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Keeps what lies behind {@link #from}, moved to the front. */
    private boolean more() throws IOException {
        int kept = size - from;
        if (kept < 0) {
            kept = 0;
        }
        if (kept > limit) {
            throw new LineTooLong(number + 1);
        }
        byte[] target = kept > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
        System.arraycopy(buffer, Math.min(from, size), target, 0, kept);
        buffer = target;
        from = 0;
        size = kept;
        int read = in.read(buffer, size, buffer.length - size);
        size += Math.max(read, 0);
        return read > 0;
    }

    /** A line that is not to be held in memory. */
    static final class LineTooLong extends IOException {
        private final long number;

        LineTooLong(long number) {
            super("line " + number + " is too long");
            this.number = number;
        }

        long number() {
            return number;
        }
    }
}
