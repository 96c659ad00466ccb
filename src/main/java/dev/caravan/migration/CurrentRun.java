package dev.caravan.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.caravan.migration.road.Committed;
import dev.caravan.model.Batch;
import dev.caravan.model.Kind;
import dev.caravan.transport.LiveSink;
import dev.caravan.transport.Silence;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The one run that is going on in this process. */
@ApplicationScoped
public class CurrentRun {

    private final List<RunWatch> watches;
    private volatile ActiveRun run;
    private volatile boolean stopAsked;
    private volatile LiveSink sink;
    private volatile StepTimes times = new StepTimes();
    private final ThreadLocal<ActiveRun> looking = new ThreadLocal<>();

    @Inject
    public CurrentRun(@All List<RunWatch> watches) {
        this.watches = watches;
    }

    public CurrentRun() {
        this(List.of());
    }

    public ActiveRun get() {
        if (run == null) {
            throw new IllegalStateException("no run is going on");
        }
        return run;
    }

    public Optional<ActiveRun> find() {
        return Optional.ofNullable(run);
    }

    /** Asks the run to stop, also one that waits or is only about to begin. */
    public void stop() {
        stopAsked = true;
        find().ifPresent(going -> going.stop(ActiveRun.INTERRUPTED));
    }

    /** From here on work is done that nobody has asked to stop. */
    public void afresh() {
        stopAsked = false;
    }

    boolean stopAsked() {
        return stopAsked;
    }

    /** The run whose rules hold for what this thread reads: that of a look, else the one that is going on. */
    ActiveRun ofReader() {
        var look = looking.get();
        return look == null ? get() : look;
    }

    /** Reads on this thread beside the run that is perhaps going on. */
    public <T> T looking(ActiveRun look, Supplier<T> reading) {
        looking.set(look);
        try {
            return reading.get();
        } finally {
            looking.remove();
        }
    }

    /** Since when the target has answered nothing of what the run asks it; empty while it answers, and without a run. */
    public Optional<Silence.Known> silence() {
        var asked = sink;
        return asked == null ? Optional.empty() : asked.silence();
    }

    /** See {@link LiveSink#readableSince}; empty without a running target. */
    public Optional<Instant> readableSince() {
        var asked = sink;
        return asked == null ? Optional.empty() : asked.readableSince();
    }

    /** From here on this thread is at that step of the road. */
    public void step(String name) {
        times.enter(name);
    }

    /** From here on the run is in that phase. */
    public void phase(String name) {
        times.phase(name);
        watches.forEach(watch -> watch.phase(name));
    }

    /** A batch is at the beginning of its road. */
    public void taken(Batch batch) {
        watches.forEach(watch -> watch.taken(batch));
    }

    /** See {@link RunWatch#atSink}. */
    public void atSink(Kind kind, Duration took) {
        watches.forEach(watch -> watch.atSink(kind, took));
    }

    /** A batch is through. */
    public void committed(Batch batch, Committed what) {
        if (batch.kind() == Kind.MESSAGE) {
            times.committed(batch.items().size());
        }
        watches.forEach(watch -> watch.committed(batch, what));
    }

    void begin(ActiveRun begun, Optional<LiveSink> live) {
        begin(begun);
        sink = live.orElse(null);
    }

    void begin(ActiveRun begun) {
        times = new StepTimes();
        run = begun;
        if (stopAsked) {
            begun.stop(ActiveRun.INTERRUPTED);
        }
        watches.forEach(watch -> watch.begun(begun));
    }

    void end() {
        times.log();
        watches.forEach(watch -> watch.ended(run));
        run = null;
        sink = null;
    }
}
