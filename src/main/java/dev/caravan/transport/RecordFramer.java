package dev.caravan.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a JSON array into the bytes of its elements without understanding them, so that one bad element leaves its
 * neighbours whole, and a stream of any length needs one element of memory. A byte order mark is skipped.
 */
public final class RecordFramer {

    /** What {@link #next()} found. */
    public enum Shape {
        /** One element, {@link #raw()} is all of it. */
        WHOLE,
        /** One element above the limit; {@link #raw()} is its beginning as far as it is kept. The next one is sound. */
        TOO_LONG,
        /** From {@link #offset()} on this is no JSON array: {@link #rest()} is what is left, and nothing follows. */
        BROKEN,
        END
    }

    private static final int FIRST_BUFFER = 1 << 13;
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final int maxRecordBytes;
    private final int maxKeptBytes;

    private byte[] buffer = new byte[FIRST_BUFFER];
    private int limit;
    private int at;
    /** Start of the current element in the buffer. */
    private int start;
    /** Offset in the stream of buffer[0]. */
    private long base;
    /** Bytes of the current element that were let go because it is longer than what is kept. */
    private long dropped;

    private long index = -1;
    private long offset;
    private boolean opened;
    private boolean done;

    /**
     * @param maxRecordBytes longer elements are TOO_LONG
     * @param maxKeptBytes how much of a too long element, or of a broken rest, is kept
     */
    public RecordFramer(InputStream in, int maxRecordBytes, int maxKeptBytes) {
        this.in = in;
        this.maxRecordBytes = maxRecordBytes;
        this.maxKeptBytes = Math.max(maxKeptBytes, maxRecordBytes);
    }

    public Shape next() throws IOException {
        if (done) {
            return Shape.END;
        }
        boolean first = !opened;
        begin();
        if (first) {
            skipBom();
            if (skipSpace() != '[') {
                return broken();
            }
            opened = true;
            at++;
        }
        int b = skipSpace();
        if (b == ']') {
            return end();
        }
        if (!first) {
            if (b != ',') {
                index++;
                return broken();
            }
            at++;
            b = skipSpace();
        }
        begin();
        index++;
        return element(b);
    }

    /** Place of the element in the array, from 0. */
    public long index() {
        return index;
    }

    /** First byte of the element, or of what is broken, in the stream. */
    public long offset() {
        return offset;
    }

    /** A copy of the element's bytes. */
    public byte[] raw() {
        return Arrays.copyOfRange(buffer, start, Math.min(at, start + maxKeptBytes));
    }

    /** The current element, whole or broken, and all that follows it, as far as it is kept. Ends the reading. */
    public byte[] rest() throws IOException {
        done = true;
        var kept = new ByteArrayOutputStream();
        kept.write(buffer, start, Math.min(limit - start, maxKeptBytes));
        var chunk = new byte[FIRST_BUFFER];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            kept.write(chunk, 0, Math.min(n, maxKeptBytes - kept.size()));
        }
        return kept.toByteArray();
    }

    private Shape element(int first) throws IOException {
        if (first < 0 || first == ',' || first == ']' || first == '}') {
            return broken();
        }
        boolean whole;
        if (first == '{' || first == '[') {
            whole = nested();
        } else if (first == '"') {
            at++;
            whole = string();
        } else {
            whole = scalar();
        }
        if (!whole) {
            return broken();
        }
        return dropped + at - start > maxRecordBytes ? Shape.TOO_LONG : Shape.WHOLE;
    }

    private boolean nested() throws IOException {
        int depth = 0;
        while (at < limit || fill()) {
            switch (buffer[at++]) {
                case '"' -> {
                    if (!string()) {
                        return false;
                    }
                }
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (--depth == 0) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    /** From behind the opening quote to behind the closing one. */
    private boolean string() throws IOException {
        while (at < limit || fill()) {
            byte b = buffer[at++];
            if (b == '"') {
                return true;
            }
            if (b == '\\') {
                if (at == limit && !fill()) {
                    return false;
                }
                at++;
            }
        }
        return false;
    }

    private boolean scalar() throws IOException {
        while (at < limit || fill()) {
            byte b = buffer[at];
            if (b == ',' || b == ']' || isSpace(b)) {
                return true;
            }
            at++;
        }
        return false;
    }

    private Shape end() throws IOException {
        at++;
        begin();
        if (skipSpace() >= 0) {
            index++;
            return broken();
        }
        done = true;
        return Shape.END;
    }

    private Shape broken() {
        done = true;
        return Shape.BROKEN;
    }

    private void begin() {
        start = at;
        offset = base + at;
        dropped = 0;
    }

    private void skipBom() throws IOException {
        while (limit < BOM.length && fill()) {
            // fill() adds at least one byte
        }
        if (limit >= BOM.length && Arrays.equals(buffer, 0, BOM.length, BOM, 0, BOM.length)) {
            at = BOM.length;
            begin();
        }
    }

    /** The next byte that is no space, not consumed, or -1 at the end. */
    private int skipSpace() throws IOException {
        while (at < limit || fill()) {
            if (!isSpace(buffer[at])) {
                return buffer[at] & 0xFF;
            }
            at++;
            if (dropped == 0 && at - start > FIRST_BUFFER) {
                begin();
            }
        }
        return -1;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private boolean fill() throws IOException {
        if (limit == buffer.length) {
            makeRoom();
        }
        int n = in.read(buffer, limit, buffer.length - limit);
        if (n < 0) {
            return false;
        }
        limit += n;
        return true;
    }

    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            base += start;
            at -= start;
            limit -= start;
            start = 0;
        } else if (buffer.length < maxKeptBytes + FIRST_BUFFER) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, (long) maxKeptBytes + FIRST_BUFFER));
        } else {
            // What is kept stays; what was read behind it makes room.
            int gone = limit - maxKeptBytes;
            dropped += gone;
            base += gone;
            limit -= gone;
            at -= gone;
        }
    }
}
