package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

import dev.caravan.model.StageSlot;

/** Reads payloads back. Neighbours in the stage are often asked for one after the other: reads a block ahead. */
final class StageReader implements AutoCloseable {

    private static final int AHEAD = 16 * 1024;

    private final Path folder;
    private final Map<Integer, Block> blocks = new HashMap<>();

    StageReader(Path folder) {
        this.folder = folder;
    }

    byte[] read(StageSlot slot) throws IOException {
        var block = blocks.get(slot.segment());
        if (block == null) {
            block = new Block(
                    FileChannel.open(Segment.file(folder, slot.segment()), StandardOpenOption.READ),
                    ByteBuffer.allocateDirect(AHEAD));
            blocks.put(slot.segment(), block);
        }
        return block.read(slot.offset(), slot.length());
    }

    @Override
    public void close() throws IOException {
        for (var block : blocks.values()) {
            block.channel.close();
        }
    }

    private static final class Block {
        private final FileChannel channel;
        private final ByteBuffer buffer;
        private long start;

        Block(FileChannel channel, ByteBuffer buffer) {
            this.channel = channel;
            this.buffer = buffer.limit(0);
        }

        byte[] read(long offset, int length) throws IOException {
            byte[] payload = new byte[length];
            if (length > AHEAD) {
                fill(ByteBuffer.wrap(payload), offset, length);
                return payload;
            }
            if (offset < start || offset + length > start + buffer.limit()) {
                start = offset;
                fill(buffer.clear(), offset, length);
                buffer.flip();
            }
            buffer.get((int) (offset - start), payload);
            return payload;
        }

        private void fill(ByteBuffer into, long offset, int atLeast) throws IOException {
            while (into.position() < atLeast) {
                int read = channel.read(into, offset + into.position());
                if (read < 0) {
                    throw new IOException("the stage ends before byte " + (offset + atLeast));
                }
            }
        }
    }
}
