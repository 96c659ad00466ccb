package dev.caravan.transport;

import java.nio.file.Path;
import java.util.Map;

/** The stage of a file sink: what was staged and committed is there after any crash, what was only staged is cut off. */
public interface SinkStage {

    /** The sink it belongs to: {@code mattermost-bulk}. */
    String sinkKind();

    /**
     * Called before anything is read, so that hours of work do not end at a folder nobody may write to.
     *
     * @param settings of the sink, in the operator's spelling
     * @throws dev.caravan.model.Problem when the finished file surely cannot be written
     */
    void requireWritable(Map<String, String> settings);

    /**
     * Called when a run starts or goes on.
     *
     * @param committed bytes of each segment that the ledger knows of
     */
    void open(Path workDir, Map<Integer, Long> committed);

    /** Throws away everything that is staged. Called while no run goes on. */
    void discard(Path workDir);

    /** Called when the run ends, however. */
    void close();
}
