package dev.caravan.ledger;

import java.sql.SQLException;
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

    /** Between two samples: the longer the run, the longer, so that a short one has a chart, too. */
    private static final Duration LEAST = Duration.ofSeconds(2);

    private static final Duration MOST = Duration.ofSeconds(10);
    private static final int SAMPLES_BEFORE_MOST = 60;

    /** Of samples older than the first, one is kept in each stretch of the second. */
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
     * Writes down how far a run is, unless that was done a moment ago, and which lanes it read to their end. Also a sign of
     * life of whoever holds the lease.
     *
     * @param now also when there is a recent sample
     */
    public void note(int run, Collection<String> lanesDone, int share, boolean now) {
        writes.write(transaction -> {
            Checkpoints.markDone(transaction, run, Kind.MESSAGE, lanesDone);
            long time = clock.millis();
            var known = transaction
                    .first(
                            "SELECT COALESCE(MIN(time), 0), COALESCE(MAX(time), 0) FROM throughput WHERE run = ?",
                            p -> p.number(run),
                            row -> new long[] {row.getLong(1), row.getLong(2)})
                    .orElseThrow();
            if (now ? time > known[1] : time >= known[1] + between(time - known[0])) {
                sample(transaction, run, time, share);
                thin(transaction, run, time);
            }
            return null;
        });
    }

    private static long between(long age) {
        return Math.max(LEAST.toMillis(), Math.min(MOST.toMillis(), age / SAMPLES_BEFORE_MOST));
    }

    private static void sample(Transaction transaction, int run, long time, int share) throws SQLException {
        transaction.execute(
                "INSERT INTO throughput (run, time, n_read, n_delivered, n_dead, share) SELECT ?, ?, " + sum("read")
                        + ", "
                        + sum("delivered") + ", " + sum("dead") + ", ? FROM account WHERE run = ? AND kind IN (" + KINDS
                        + ")",
                p -> p.number(run).number(time).number(share).number(run));
    }

    private static void thin(Transaction transaction, int run, long time) throws SQLException {
        for (var kept : KEPT.entrySet()) {
            transaction.execute(
                    "DELETE FROM throughput WHERE run = ? AND time < ? AND EXISTS (SELECT 1 FROM throughput o"
                            + " WHERE o.run = throughput.run AND o.time < throughput.time"
                            + " AND o.time >= throughput.time - throughput.time % ?)",
                    p -> p.number(run)
                            .number(time - kept.getKey().toMillis())
                            .number(kept.getValue().toMillis()));
        }
    }

    private static String sum(String what) {
        return "COALESCE(SUM(CASE WHEN what = '" + what + "' THEN n END), 0)";
    }
}
