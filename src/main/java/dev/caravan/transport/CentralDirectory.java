package dev.caravan.transport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import dev.caravan.model.Problem;

/**
 * Reads a zip's list of entries (PKWARE APPNOTE 4.3.12 to 4.3.16, zip64 included) one by one. java.util.zip.ZipFile holds
 * the whole list on the heap, some 150 MB for two million entries, and tells neither links nor encryption nor
 * repeated names.
 */
final class CentralDirectory {

    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int ZIP64_LOCATOR = 0x07064b50;
    private static final int ZIP64_LOCATOR_BYTES = 20;
    private static final int ZIP64_END = 0x06064b50;
    private static final int ZIP64_END_BYTES = 56;
    private static final int HEADER = 0x02014b50;
    static final int HEADER_BYTES = 46;
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final long IN_ZIP64 = 0xFFFFFFFFL;
    private static final int BUFFER_BYTES = HEADER_BYTES + 3 * 0x10000;
    private static final int MADE_ON_UNIX = 3;

    private final FileChannel channel;
    private final String archive;
    private final long start;
    private final long bytes;
    /** Bytes before the zip proper: offsets in the list are counted without them. */
    private final long bias;

    private CentralDirectory(FileChannel channel, String archive, long start, long bytes, long bias) {
        this.channel = channel;
        this.archive = archive;
        this.start = start;
        this.bytes = bytes;
        this.bias = bias;
    }

    static CentralDirectory find(FileChannel channel, String archive) throws IOException {
        long size = channel.size();
        if (size == 0) {
            throw new Problem("CRV-102", archive);
        }
        long end = findEnd(channel, size);
        if (end < 0) {
            boolean begun = size >= 4 && read(channel, 0, 4).getInt(0) == LOCAL_HEADER;
            throw new Problem(begun ? "CRV-104" : "CRV-103", archive);
        }
        var record = read(channel, end, END_BYTES);
        long bytes = record.getInt(12) & IN_ZIP64;
        long offset = record.getInt(16) & IN_ZIP64;
        long listEnd = end;
        long locator = end - ZIP64_LOCATOR_BYTES;
        if (locator >= 0 && read(channel, locator, ZIP64_LOCATOR_BYTES).getInt(0) == ZIP64_LOCATOR) {
            long zip64 = read(channel, locator, ZIP64_LOCATOR_BYTES).getLong(8);
            if (zip64 < 0 || zip64 > locator - ZIP64_END_BYTES) {
                throw new Problem("CRV-105", archive);
            }
            var big = read(channel, zip64, ZIP64_END_BYTES);
            if (big.getInt(0) != ZIP64_END) {
                throw new Problem("CRV-105", archive);
            }
            bytes = big.getLong(40);
            offset = big.getLong(48);
            listEnd = zip64;
        }
        long start = listEnd - bytes;
        if (bytes < 0 || offset < 0 || start < offset) {
            throw new Problem("CRV-104", archive);
        }
        return new CentralDirectory(channel, archive, start, bytes, start - offset);
    }

    private static long findEnd(FileChannel channel, long size) throws IOException {
        int length = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
        var tail = read(channel, size - length, length);
        for (int i = length - END_BYTES; i >= 0; i--) {
            if (tail.getInt(i) == END && (tail.getShort(i + 20) & 0xFFFF) == length - END_BYTES - i) {
                return size - length + i;
            }
        }
        return -1;
    }

    void forEach(Consumer<ArchiveEntry> visitor) throws IOException {
        var in = new ChannelBytes(channel, start, bytes, BUFFER_BYTES);
        long at = start;
        long end = start + bytes;
        try {
            while (at < end) {
                var header = copy(in.take(HEADER_BYTES));
                if (header.getInt(0) != HEADER) {
                    throw new Problem("CRV-105", archive);
                }
                int rest = variableBytes(header);
                visitor.accept(entry(at, header, in.take(rest)));
                at += HEADER_BYTES + rest;
            }
        } catch (EOFException e) {
            throw new Problem(e, "CRV-105", archive);
        }
    }

    ArchiveEntry at(long position) throws IOException {
        var header = read(channel, position, HEADER_BYTES);
        return entry(position, header, read(channel, position + HEADER_BYTES, variableBytes(header)));
    }

    private static int variableBytes(ByteBuffer header) {
        return (header.getShort(28) & 0xFFFF) + (header.getShort(30) & 0xFFFF) + (header.getShort(32) & 0xFFFF);
    }

    private ArchiveEntry entry(long position, ByteBuffer header, ByteBuffer rest) {
        int nameBytes = header.getShort(28) & 0xFFFF;
        int extraBytes = header.getShort(30) & 0xFFFF;
        long packed = header.getInt(20) & IN_ZIP64;
        long size = header.getInt(24) & IN_ZIP64;
        long local = header.getInt(42) & IN_ZIP64;
        if (packed == IN_ZIP64 || size == IN_ZIP64 || local == IN_ZIP64) {
            var big = zip64Extra(rest, nameBytes, nameBytes + extraBytes);
            size = size == IN_ZIP64 ? nextLong(big) : size;
            packed = packed == IN_ZIP64 ? nextLong(big) : packed;
            local = local == IN_ZIP64 ? nextLong(big) : local;
        }
        boolean unix = (header.getShort(4) >> 8 & 0xFF) == MADE_ON_UNIX;
        return new ArchiveEntry(
                position,
                name(rest, nameBytes),
                header.getShort(8) & 0xFFFF,
                header.getShort(10) & 0xFFFF,
                header.getInt(16) & 0xFFFFFFFFL,
                packed,
                size,
                local + bias,
                unix ? header.getInt(38) >>> 16 : 0);
    }

    private ByteBuffer zip64Extra(ByteBuffer rest, int from, int to) {
        int at = from;
        while (at + 4 <= to) {
            int length = rest.getShort(at + 2) & 0xFFFF;
            if (rest.getShort(at) == 1 && at + 4 + length <= to) {
                return rest.slice(at + 4, length).order(ByteOrder.LITTLE_ENDIAN);
            }
            at += 4 + length;
        }
        throw new Problem("CRV-105", archive);
    }

    private long nextLong(ByteBuffer extra) {
        long value = extra.remaining() < 8 ? -1 : extra.getLong();
        if (value < 0) {
            throw new Problem("CRV-105", archive);
        }
        return value;
    }

    private static String name(ByteBuffer rest, int length) {
        var bytes = rest.slice(0, length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            // Old packers write the code page of their machine: Latin-1 keeps every byte apart.
            return StandardCharsets.ISO_8859_1.decode(bytes.rewind()).toString();
        }
    }

    private static ByteBuffer copy(ByteBuffer view) {
        return ByteBuffer.allocate(view.remaining())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(view)
                .flip();
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }
}
