package dev.caravan.transport;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** A sink that talks to a running system: what its Kamelets call is open while a run, replay or rollback goes on. */
public interface LiveSink extends AutoCloseable {

    /** The sink this is: {@code matrix}. */
    String sinkKind();

    /**
     * Called before {@link #open}.
     *
     * @param share of the rate the target permits that may be used, 0 to 1, as it is at each moment; at 0 no call is
     *     started, and what was not sent is answered with {@link dev.caravan.model.Outcome.Retry}
     */
    default void pace(DoubleSupplier share) {}

    /**
     * Called before {@link #open}.
     *
     * @param zone in which the operator means times of the day: that of the schedule
     */
    default void zone(ZoneId zone) {}

    /**
     * Called before {@link #open}.
     *
     * @param brokeOff whether the run was begun before and did not come to its end: what is sent first may be there already
     */
    default void goesOn(boolean brokeOff) {}

    /**
     * @param properties of its Kamelets as the operator set them, camelCase
     * @param ids what earlier records became
     */
    void open(Map<String, String> properties, TargetIds ids);

    /**
     * Messages that were brought before this may stand on the target and cannot be read back all the same; nor can
     * one-to-one conversations that nothing but their messages shows. Empty where all can be read back.
     */
    default Optional<Instant> readableSince() {
        return Optional.empty();
    }

    /** Since when the target has answered nothing of use, although it is being asked; empty while it answers. */
    default Optional<Silence.Known> silence() {
        return Optional.empty();
    }

    /**
     * How much of the rates the target permits is used, since the sink was last opened; also when it is closed again. Nothing
     * of a sink that knows no rates.
     */
    default List<Rate> rates() {
        return List.of();
    }

    @Override
    void close();
}
