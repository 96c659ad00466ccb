package dev.caravan.migration;

import java.util.Optional;

import dev.caravan.transport.LiveSink;
import dev.caravan.transport.Silence;
import jakarta.enterprise.context.ApplicationScoped;

/** The one run that is going on in this process. */
@ApplicationScoped
public class CurrentRun {

    private volatile ActiveRun run;
    private volatile LiveSink sink;
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

    /** Since when the target has answered nothing of what the run asks it; empty while it answers, and without a run. */
    public Optional<Silence.Known> silence() {
        var asked = sink;
        return asked == null ? Optional.empty() : asked.silence();
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

    void begin(ActiveRun begun, Optional<LiveSink> live) {
        begin(begun);
        sink = live.orElse(null);
    }

    void begin(ActiveRun begun) {
        times = new StepTimes();
        run = begun;
    }

    void end() {
        times.log();
        run = null;
        sink = null;
    }
}
