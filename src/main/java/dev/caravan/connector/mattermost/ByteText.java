package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing line of bytes. */
final class ByteText {

    private byte[] bytes = new byte[64 * 1024];
    private int size;

    ByteText add(byte[] from) {
        return add(from, 0, from.length);
    }

    ByteText add(byte[] from, int offset, int length) {
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + length, 2 * bytes.length));
        }
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
        return this;
    }

    ByteText add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    ByteText add(long number) {
        return add(Long.toString(number));
    }

    /** Forgets what was added since there were so many bytes. */
    void cut(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    /** Writes everything out and is empty again. */
    void flushTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        size = 0;
    }
}
