package dev.caravan.migration.road;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

import dev.caravan.migration.Settings;
import dev.caravan.model.Batch;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally;

/**
 * Ends what only makes dead letters: a lane, which is then read no further, or the whole run. Counts from the start of this
 * process, so that a run that is given again goes on. For any number of threads.
 */
public final class StopRules {

    private final Settings.Stop limits;
    private final Map<String, Count> lanes = new HashMap<>();
    private final TreeSet<String> stopped = new TreeSet<>();
    private Count all = new Count(0, 0);

    public StopRules(Settings.Stop limits) {
        this.limits = limits;
    }

    private record Count(long read, long dead) {
        Count plus(long moreRead, long moreDead) {
            return new Count(read + moreRead, dead + moreDead);
        }
    }

    /**
     * @param tally of the batch, which is committed; a replay's dead letters are no news
     * @throws Problem CRV-431 when the run has too many dead letters
     */
    synchronized void count(Batch batch, Tally tally) {
        if (!batch.letters().isEmpty()) {
            return;
        }
        var kind = batch.kind().word();
        var read = tally.of(kind, Tally.What.READ);
        var dead = tally.of(kind, Tally.What.DEAD);
        all = all.plus(read, dead);
        if (above(all, limits.runDeadLetters())) {
            throw new Problem("CRV-431", all.dead(), all.read());
        }
        var key = key(batch.kind(), batch.lane());
        var lane = lanes.getOrDefault(key, new Count(0, 0)).plus(read, dead);
        lanes.put(key, lane);
        if (above(lane, limits.laneDeadLetters())) {
            stopped.add(key);
        }
    }

    private boolean above(Count count, double share) {
        return count.dead() >= limits.minimum() && count.dead() > share * count.read();
    }

    /** Whether the lane the batch is of is read no further. */
    public boolean stopped(Batch batch) {
        return stopped(batch.kind(), batch.lane());
    }

    public synchronized boolean stopped(Kind kind, Lane lane) {
        return stopped.contains(key(kind, lane));
    }

    private static String key(Kind kind, Lane lane) {
        return kind.word() + " " + lane.id();
    }

    /** @throws Problem CRV-432 when a lane was stopped: what it holds is not all on the target */
    public synchronized void requireNoneStopped() {
        if (!stopped.isEmpty()) {
            throw new Problem("CRV-432", stopped.size(), stopped.first());
        }
    }
}
