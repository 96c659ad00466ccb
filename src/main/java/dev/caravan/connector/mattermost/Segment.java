package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import dev.caravan.model.StageSlot;

/** One file of the stage: payloads, one after the other, nothing else. Used by one thread at a time. */
final class Segment implements AutoCloseable {

    private final int number;
    private final FileChannel channel;
    private long end;

    /** @param end where to go on; what lies behind it is cut off */
    Segment(Path folder, int number, long end) throws IOException {
        this.number = number;
        this.end = end;
        channel = FileChannel.open(file(folder, number), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(end);
    }

    static Path file(Path folder, int number) {
        return folder.resolve("%06d.segment".formatted(number));
    }

    /** Returns when the bytes are on the disk; after an error the segment is as before. */
    List<StageSlot> append(List<byte[]> payloads) throws IOException {
        var slots = new ArrayList<StageSlot>(payloads.size());
        int size = payloads.stream().mapToInt(payload -> payload.length).sum();
        var all = ByteBuffer.allocate(size);
        for (byte[] payload : payloads) {
            slots.add(new StageSlot(number, end + all.position(), payload.length));
            all.put(payload);
        }
        try {
            all.flip();
            for (long at = end; all.hasRemaining(); ) {
                at += channel.write(all, at);
            }
            channel.force(false);
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
        end += size;
        return slots;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
