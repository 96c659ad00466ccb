package dev.caravan.migration.watch;

import java.time.Duration;

import dev.caravan.ledger.TransactionWatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;

/** How long the ledger's transactions take. */
@ApplicationScoped
public class LedgerTimes implements TransactionWatch {

    private final Timer timer;

    public LedgerTimes(MeterRegistry registry) {
        this.timer = Timer.builder("caravan.ledger.transaction")
                .description("Time from the begin of a transaction of the ledger to its being durable")
                .serviceLevelObjectives(Latencies.BUCKETS)
                .register(registry);
    }

    @Override
    public void committed(Duration took) {
        timer.record(took);
    }
}
