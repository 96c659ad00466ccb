package dev.caravan.migration.watch;

import java.time.Duration;

/** The buckets in which times are counted: from a local file to a target that is nearly down. */
final class Latencies {

    static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private Latencies() {}
}
