package dev.caravan.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** A buffered stream over a stretch of a file, by positional reads: several may read one channel at once. */
final class ChannelBytes extends InputStream {

    private final FileChannel channel;
    private final ByteBuffer buffer;
    private long next;
    private long left;

    ChannelBytes(FileChannel channel, long position, long length, int bufferBytes) {
        this.channel = channel;
        this.next = position;
        this.left = length;
        this.buffer =
                ByteBuffer.allocate(bufferBytes).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    }

    /** From here on at most this many bytes. */
    void limit(long length) {
        left = length;
    }

    /**
     * The next {@code count} bytes, at most the buffer's size, as a little-endian view that the next call overwrites.
     *
     * @throws EOFException if the stretch or the file ends before
     */
    ByteBuffer take(int count) throws IOException {
        if (buffer.remaining() < count) {
            buffer.compact();
            while (buffer.position() < count) {
                int n = channel.read(buffer, next);
                if (n < 0) {
                    throw new EOFException();
                }
                next += n;
            }
            buffer.flip();
        }
        if (left < count) {
            throw new EOFException();
        }
        left -= count;
        var view = buffer.slice(buffer.position(), count).order(ByteOrder.LITTLE_ENDIAN);
        buffer.position(buffer.position() + count);
        return view;
    }

    @Override
    public long skip(long count) {
        long n = Math.min(count, left);
        int buffered = (int) Math.min(n, buffer.remaining());
        buffer.position(buffer.position() + buffered);
        next += n - buffered;
        left -= n;
        return n;
    }

    @Override
    public int read() throws IOException {
        return left > 0 && (buffer.hasRemaining() || fill()) ? next1() : -1;
    }

    private int next1() {
        left--;
        return buffer.get() & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left <= 0 || !(buffer.hasRemaining() || fill())) {
            return -1;
        }
        int n = (int) Math.min(Math.min(length, left), buffer.remaining());
        buffer.get(into, offset, n);
        left -= n;
        return n;
    }

    private boolean fill() throws IOException {
        buffer.clear();
        int n = channel.read(buffer, next);
        buffer.flip();
        if (n > 0) {
            next += n;
        }
        return n > 0;
    }
}
