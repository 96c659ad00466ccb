package dev.caravan.migration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import dev.caravan.ledger.Pause;
import dev.caravan.transport.schedule.Timetable;

/**
 * When, and how fast, a run may write: by the timetable of the settings, and not at all while somebody has paused the
 * migration. For any number of threads.
 */
public final class Schedule {

    private final Timetable timetable;
    private final ZoneId zone;
    private final Clock clock;
    private final AtomicInteger deliveries = new AtomicInteger();
    private volatile Pause pause;
    private volatile double lastShare = 1;

    private Schedule(Timetable timetable, ZoneId zone, Clock clock) {
        this.timetable = timetable;
        this.zone = zone;
        this.clock = clock;
    }

    /** @throws dev.caravan.model.Problem CRV-220 to CRV-226 for a timetable that cannot be understood */
    public static Schedule of(Settings settings, Clock clock) {
        var text = settings.schedule();
        var zone = text.timeZone();
        var timetable =
                Timetable.parse(text.week().orElse(""), text.exceptions().orElse(""), zone);
        return new Schedule(timetable, zone, clock);
    }

    /** @param stored as the ledger has it; null while nobody paused the migration */
    void pause(Pause stored) {
        pause = stored;
    }

    /** Why nothing may be written now; empty when it may. */
    public Optional<Halt> halt() {
        var paused = pause;
        if (paused != null) {
            return Optional.of(Halt.paused(paused, zone));
        }
        var now = clock.instant();
        return timetable.share(now) > 0
                ? Optional.empty()
                : Optional.of(Halt.bySchedule(timetable.nextChange(now).orElse(null), zone));
    }

    /** A portion goes to the target. */
    public void delivering() {
        deliveries.incrementAndGet();
    }

    /** A portion is back. */
    public void delivered() {
        deliveries.decrementAndGet();
    }

    /**
     * The share of the permitted rate a live sink may use, 0 to 1. Once nothing may be written it is 0 only as long as a
     * portion is at the sink, so that the rest of it comes back; what else the sink asks of the target ends at the pace
     * there was.
     *
     * @param stopping whether the run is to end, after which nothing may be written either
     */
    public double share(boolean stopping) {
        var share = stopping || halt().isPresent() ? 0 : timetable.share(clock.instant());
        if (share > 0) {
            lastShare = share;
            return share;
        }
        return deliveries.get() > 0 ? 0 : lastShare;
    }

    /** When work that begins now is done; empty when never. @param work how long it takes at the full rate */
    public Optional<Instant> finish(Duration work) {
        return timetable.finish(clock.instant(), work);
    }

    /** In which times are meant, and told. */
    public ZoneId zone() {
        return zone;
    }
}
