package dev.caravan.migration;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

/** The one run that is going on in this process. */
@ApplicationScoped
public class CurrentRun {

    private volatile ActiveRun run;
    private volatile boolean waiting;
    private volatile StepTimes times = new StepTimes();

    public ActiveRun get() {
        if (run == null) {
            throw new IllegalStateException("no run is going on");
        }
        return run;
    }

    public Optional<ActiveRun> find() {
        return Optional.ofNullable(run);
    }

    /** Ends the wait of a run that has not begun. */
    public void stopWaiting() {
        waiting = false;
    }

    void waits() {
        waiting = true;
    }

    boolean waiting() {
        return waiting;
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
