package dev.caravan.migration;

import java.time.Clock;

import jakarta.enterprise.inject.Produces;

/** The clock the application goes by; tests pass in their own. */
public class SystemClock {

    @Produces
    public Clock clock() {
        return Clock.systemUTC();
    }
}
