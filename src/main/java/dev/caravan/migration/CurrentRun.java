package dev.caravan.migration;

import java.util.Optional;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

/** The one run that is going on in this process. */
@ApplicationScoped
public class CurrentRun {

    private volatile ActiveRun run;
    private volatile StepTimes times = new StepTimes();
    private final ThreadLocal<ActiveRun> looking = new ThreadLocal<>();

    public ActiveRun get() {
        if (run == null) {
            throw new IllegalStateException("no run is going on");
        }
        return run;
    }

    public Optional<ActiveRun> find() {
        return Optional.ofNullable(run);
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

    /** From here on this thread is at that step of the road. */
    public void step(String name) {
        times.enter(name);
    }

    /** From here on the run is in that phase. */
    public void phase(String name) {
        times.phase(name);
    }

    /** A batch of messages is through. */
    public void committed(int messages) {
        times.committed(messages);
    }

    void begin(ActiveRun begun) {
        times = new StepTimes();
        run = begun;
    }

    void end() {
        times.log();
        run = null;
    }
}
