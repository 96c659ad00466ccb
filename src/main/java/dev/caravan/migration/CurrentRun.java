package dev.caravan.migration;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

/** The one run that is going on in this process. */
@ApplicationScoped
public class CurrentRun {

    private volatile ActiveRun run;

    public ActiveRun get() {
        if (run == null) {
            throw new IllegalStateException("no run is going on");
        }
        return run;
    }

    public Optional<ActiveRun> find() {
        return Optional.ofNullable(run);
    }

    void begin(ActiveRun begun) {
        run = begun;
    }

    void end() {
        run = null;
    }
}
