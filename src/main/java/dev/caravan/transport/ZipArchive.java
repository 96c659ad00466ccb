package dev.caravan.transport;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import dev.caravan.model.Problem;

/** A zip read in place: nothing is unpacked to disk, no entry is held. May be read by several threads at once. */
public final class ZipArchive implements Closeable {

    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int LOCAL_HEADER_BYTES = 30;
    private static final int LARGEST_BUFFER = 1 << 16;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final Path file;
    private final FileChannel channel;
    private final CentralDirectory directory;
    private final List<String> skipped;
    private final ConcurrentLinkedQueue<Inflater> inflaters = new ConcurrentLinkedQueue<>();

    private ZipArchive(Path file, FileChannel channel, CentralDirectory directory, List<String> skipped) {
        this.skipped = skipped;
        this.file = file;
        this.channel = channel;
        this.directory = directory;
    }

    /**
     * Opens a zip and shows every entry once, in the order of the archive's list.
     *
     * @throws Problem CRV-102 to CRV-115 when it is no sound zip or breaks a limit; no entry has been read by then
     */
    public static ZipArchive open(Path file, ArchiveLimits limits, Consumer<ArchiveEntry> visitor) {
        var name = file.getFileName().toString();
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            var directory = CentralDirectory.find(channel, name);
            var guard = new ArchiveGuard(name, limits);
            directory.forEach(entry -> {
                if (guard.check(entry)) {
                    visitor.accept(entry);
                }
            });
            guard.finish(channel.size());
            return new ZipArchive(file, channel, directory, guard.skipped());
        } catch (IOException e) {
            closeQuietly(channel);
            throw new Problem(e, "CRV-115", name);
        } catch (RuntimeException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    /** The file's name, without its folder. */
    public String name() {
        return file.getFileName().toString();
    }

    /** Names of entries the limits say to leave out, as far as they are shown: up to a hundred. */
    public List<String> skipped() {
        return skipped;
    }

    public ArchiveEntry entry(long position) throws IOException {
        return directory.at(position);
    }

    /**
     * The unpacked bytes of an entry. Reading to the end checks length and checksum.
     *
     * @param position {@link ArchiveEntry#position()}
     * @throws DamagedEntryException here or from any read
     */
    public InputStream open(long position) throws IOException {
        var entry = directory.at(position);
        int buffer = (int) Math.min(LARGEST_BUFFER, 256 + entry.packedBytes());
        var packed = new ChannelBytes(channel, entry.localHeader(), Long.MAX_VALUE, buffer);
        skipLocalHeader(packed, entry);
        packed.limit(entry.packedBytes());
        if (entry.method() == STORED) {
            return new EntryStream(packed, entry, () -> {});
        }
        if (entry.method() != DEFLATED) {
            throw new DamagedEntryException(entry.name(), "unknown compression");
        }
        var pooled = inflaters.poll();
        var inflater = pooled != null ? pooled : new Inflater(true);
        return new EntryStream(new InflaterInputStream(packed, inflater, buffer), entry, () -> {
            inflater.reset();
            inflaters.add(inflater);
        });
    }

    private static void skipLocalHeader(ChannelBytes packed, ArchiveEntry entry) throws IOException {
        try {
            ByteBuffer header = packed.take(LOCAL_HEADER_BYTES);
            if (header.getInt(0) != LOCAL_HEADER) {
                throw new DamagedEntryException(entry.name(), "no header where the archive's list says");
            }
            packed.skip((header.getShort(26) & 0xFFFF) + (header.getShort(28) & 0xFFFF));
        } catch (EOFException e) {
            throw new DamagedEntryException(entry.name(), "lies beyond the end of the archive");
        }
    }

    @Override
    public void close() {
        for (var inflater = inflaters.poll(); inflater != null; inflater = inflaters.poll()) {
            inflater.end();
        }
        closeQuietly(channel);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
