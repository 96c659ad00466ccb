package dev.caravan.migration.camel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.caravan.migration.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;

/**
 * The pool of the history phase: as many threads as workers, so that none waits. Camel's own default pool runs tasks of
 * a full queue in the caller, which hangs in nested splits.
 */
@ApplicationScoped
public class LaneWorkers {

    private final ExecutorService pool;

    public LaneWorkers(Settings settings) {
        pool = Executors.newFixedThreadPool(settings.threads(), task -> new Thread(task, "lane"));
    }

    @Produces
    @Named("laneWorkers")
    public ExecutorService pool() {
        return pool;
    }

    @PreDestroy
    public void close() {
        pool.shutdownNow();
    }
}
