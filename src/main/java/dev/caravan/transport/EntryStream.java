package dev.caravan.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** An entry's unpacked bytes, held to the length and the checksum that the archive states. */
final class EntryStream extends InputStream {

    private final InputStream in;
    private final ArchiveEntry entry;
    private final Runnable onClose;
    private final CRC32 crc = new CRC32();
    private long count;
    private boolean closed;

    EntryStream(InputStream in, ArchiveEntry entry, Runnable onClose) {
        this.in = in;
        this.entry = entry;
        this.onClose = onClose;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int n;
        try {
            n = in.read(into, offset, length);
        } catch (java.util.zip.ZipException | java.io.EOFException e) {
            throw new DamagedEntryException(entry.name(), "cannot be unpacked");
        }
        if (n > 0) {
            count += n;
            crc.update(into, offset, n);
        }
        if (count > entry.bytes() || n < 0 && count < entry.bytes()) {
            throw new DamagedEntryException(entry.name(), "length differs from the one stated");
        }
        if (n < 0 && crc.getValue() != entry.crc()) {
            throw new DamagedEntryException(entry.name(), "wrong checksum");
        }
        return n;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.run();
        }
    }
}
