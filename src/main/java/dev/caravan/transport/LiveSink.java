package dev.caravan.transport;

import java.util.Map;

/** A sink that talks to a running system: what its Kamelets call is open while a run, replay or rollback goes on. */
public interface LiveSink extends AutoCloseable {

    /** The sink this is: {@code matrix}. */
    String sinkKind();

    /**
     * @param properties of its Kamelets as the operator set them, camelCase
     * @param ids what earlier records became
     */
    void open(Map<String, String> properties, TargetIds ids);

    @Override
    void close();
}
