package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;
import dev.caravan.transport.SinkStage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/**
 * The sink's first half: appends payloads to segment files below the work folder, from which {@link MattermostSeal}
 * builds the package. A batch counts once it is forced to disk and its checkpoint is committed; what a killed run left
 * behind its checkpoint is cut off at the next start (invariants 2 and 3).
 */
@ApplicationScoped
@Named("mattermostStage")
public class MattermostStage implements SinkStage {

    private final ConcurrentLinkedDeque<Segment> free = new ConcurrentLinkedDeque<>();
    private final AtomicInteger next = new AtomicInteger();
    private Path folder;

    @Override
    public String sinkKind() {
        return MattermostNames.SINK;
    }

    static Path folder(Path workDir) {
        return workDir.resolve("stage");
    }

    /**
     * Makes nothing: a folder that is not there yet is made by the seal.
     *
     * @throws Problem CRV-402
     */
    @Override
    public void requireWritable(Map<String, String> settings) {
        var target = Path.of(settings.getOrDefault("path", ".")).toAbsolutePath();
        boolean file = MattermostSealAction.isFile(target);
        if (file && Files.isDirectory(target)) {
            throw new Problem("CRV-402", target, "it is a folder");
        }
        var folder = file ? target.getParent() : target;
        while (folder.getParent() != null && Files.notExists(folder)) {
            folder = folder.getParent();
        }
        if (!Files.isDirectory(folder)) {
            throw new Problem("CRV-402", target, folder + " is no folder");
        }
        if (!Files.isWritable(folder)) {
            throw new Problem("CRV-402", target, folder + " is not writable");
        }
    }

    /**
     * @param committed bytes of each segment that the ledger knows of
     * @throws Problem CRV-400 when the folder is not writable, CRV-401 when the stage lacks what the ledger recorded
     */
    @Override
    public synchronized void open(Path workDir, Map<Integer, Long> committed) {
        close();
        folder = folder(workDir);
        try {
            Files.createDirectories(folder);
            removeOthers(committed);
            for (var segment : committed.entrySet()) {
                Path file = Segment.file(folder, segment.getKey());
                long size = Files.exists(file) ? Files.size(file) : 0;
                if (size < segment.getValue()) {
                    throw new Problem("CRV-401", file, size, segment.getValue());
                }
                free.add(new Segment(folder, segment.getKey(), segment.getValue()));
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
        next.set(committed.keySet().stream().mapToInt(n -> n + 1).max().orElse(0));
    }

    /**
     * Called by the Kamelet.
     *
     * @return the batch, each item with {@link Outcome.Accepted} and its place in the stage
     * @throws Problem CRV-400; nothing of the batch is in the stage then
     */
    public Batch deliver(Batch batch) {
        Segment segment = null;
        try {
            segment = lease();
            var slots = segment.append(
                    batch.items().stream().map(item -> item.target().payload()).toList());
            var items = new ArrayList<Item>(slots.size());
            for (int i = 0; i < slots.size(); i++) {
                items.add(batch.items().get(i).withOutcome(new Outcome.Accepted(null, slots.get(i))));
            }
            return batch.withItems(items);
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            if (segment != null) {
                free.addFirst(segment);
            }
        }
    }

    @Override
    public void discard(Path workDir) {
        open(workDir, Map.of());
        close();
    }

    @Override
    public synchronized void close() {
        for (Segment segment = free.poll(); segment != null; segment = free.poll()) {
            try {
                segment.close();
            } catch (IOException e) {
                throw unwritable(e);
            }
        }
    }

    private Segment lease() throws IOException {
        var segment = free.poll();
        return segment != null ? segment : new Segment(folder, next.getAndIncrement(), 0);
    }

    private void removeOthers(Map<Integer, Long> committed) throws IOException {
        List<Path> known =
                committed.keySet().stream().map(n -> Segment.file(folder, n)).toList();
        try (var files = Files.newDirectoryStream(folder, "*.segment")) {
            for (Path file : files) {
                if (!known.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    private Problem unwritable(IOException e) {
        return new Problem(e, "CRV-400", folder, reason(e));
    }

    /** The kind of error when the operating system gives no words. */
    static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
