package dev.caravan.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.caravan.model.Kind;

/** How far runs came at what time, so that a chart of it outlives every process. */
public final class Throughput {

    /** Between two samples of a run that goes on. */
    public static final Duration EVERY = Duration.ofSeconds(10);

    /** Samples older than the first are kept only at full multiples of the second. */
    private static final Map<Duration, Duration> KEPT = new TreeMap<>(Map.of(
            Duration.ofHours(1), Duration.ofMinutes(1),
            Duration.ofDays(1), Duration.ofMinutes(10),
            Duration.ofDays(14), Duration.ofHours(1)));

    private static final String KINDS =
            Arrays.stream(Kind.values()).map(kind -> "'" + kind.word() + "'").collect(Collectors.joining(", "));

    private final Readers readers;
    private final Writes writes;
    private final Clock clock;

    Throughput(Readers readers, Writes writes, Clock clock) {
        this.readers = readers;
        this.writes = writes;
        this.clock = clock;
    }

    /**
     * Sums over all kinds of record since the run began.
     *
     * @param share percent of the permitted rate that might be used
     */
    public record Sample(Instant time, long read, long delivered, long dead, int share) {}

    /** In the order of time. */
    public List<Sample> of(int run) {
        return readers.list(
                "SELECT time, n_read, n_delivered, n_dead, share FROM throughput WHERE run = ? ORDER BY time",
                p -> p.number(run),
                row -> new Sample(
                        Instant.ofEpochMilli(row.getLong(1)),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getInt(5)));
    }

    /**
     * Writes down how far a run is, unless that was done within {@link #EVERY}, and which lanes it read to their end. Also a
     * sign of life of whoever holds the lease.
     *
     * @param now also when there is a recent sample
     */
    public void note(int run, Collection<String> lanesDone, int share, boolean now) {
        writes.write(transaction -> {
            Checkpoints.markDone(transaction, run, Kind.MESSAGE, lanesDone);
            long time = clock.millis();
            long due = now ? time : time - time % EVERY.toMillis();
            transaction.execute(
                    "INSERT INTO throughput (run, time, n_read, n_delivered, n_dead, share)"
                            + " SELECT ?, ?, " + sum("read") + ", " + sum("delivered") + ", " + sum("dead") + ", ?"
                            + " FROM account WHERE run = ? AND kind IN (" + KINDS + ")"
                            + " ON CONFLICT (run, time) DO NOTHING",
                    p -> p.number(run).number(due).number(share).number(run));
            for (var kept : KEPT.entrySet()) {
                transaction.execute("DELETE FROM throughput WHERE run = ? AND time < ? AND time % ? <> 0", p -> p.number(run)
                        .number(time - kept.getKey().toMillis())
                        .number(kept.getValue().toMillis()));
            }
            return null;
        });
    }

    private static String sum(String what) {
        return "COALESCE(SUM(CASE WHEN what = '" + what + "' THEN n END), 0)";
    }
}
