package dev.caravan.transport;

import java.util.Map;

/** A sink that talks to a running system. */
public interface LiveSink extends AutoCloseable {

    /** The kind of sink it is: {@code matrix} for the Kamelet {@code matrix-sink}. */
    String sinkKind();

    /**
     * Before a run, a replay, a verification or a rollback.
     *
     * @param properties the Kamelet's properties as set, camelCase; may hold secrets
     * @param ids what earlier records became on the target
     */
    void open(Map<String, String> properties, TargetIds ids);

    /** Ends what is under way and lets connections go. */
    @Override
    void close();
}
