package dev.caravan.transport.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.DoubleSupplier;

import dev.caravan.transport.Rate;

/**
 * How fast calls may start: a token bucket for each endpoint group. In no window of one second more calls of a group
 * start than the permitted rate times the share, rounded down; below one call a second they are that much further
 * apart. Calls are spaced, not sent in bursts, and threads are served in the order they came.
 */
public final class Pace {

    private final Map<String, Bucket> buckets = new TreeMap<>();
    private final DoubleSupplier share;

    /**
     * @param perSecond the calls a second the target permits, by endpoint group; {@link Double#POSITIVE_INFINITY} for
     *     a group without a limit
     * @param share how much of that we use, 0 to 1, asked for before every call and at least once a second while one
     *     waits; at 0 nothing starts
     */
    public Pace(Map<String, Double> perSecond, DoubleSupplier share) {
        this(perSecond, share, Ticker.SYSTEM);
    }

    public Pace(Map<String, Double> perSecond, DoubleSupplier share, Ticker ticker) {
        this.share = share;
        perSecond.forEach((group, rate) -> buckets.put(group, new Bucket(rate, share, ticker)));
    }

    /** The share of the permitted rates that may be used now, 0 to 1. */
    double share() {
        return share.getAsDouble();
    }

    /** Waits until a call of the group may start; it is then counted as started. */
    public void take(String group) throws InterruptedException {
        bucket(group).take(new Semaphore(1));
    }

    /**
     * The same, and takes one of the places; none is held while time passes. Does not wait while the share is 0.
     *
     * @return number of the call, for {@link #replied}; {@link Bucket#NOT_STARTED} when it may not start
     */
    long take(String group, Semaphore places) throws InterruptedException {
        return bucket(group).take(places, true);
    }

    /** No call of the group starts before the time has passed; a longer pause in force stays in force. */
    public void pause(String group, Duration time) {
        bucket(group).pause(time);
    }

    /** How long the group still pauses; zero when it does not. */
    public Duration paused(String group) {
        return bucket(group).paused();
    }

    /** How long calls of the group have waited here, added up over all threads. */
    public Duration waited(String group) {
        return bucket(group).waited();
    }

    /** How many calls of the group have started. */
    public long started(String group) {
        return bucket(group).started();
    }

    /** What became of the permitted rate of each group of which a call has started, in the order of their names. */
    public List<Rate> rates() {
        return buckets.entrySet().stream()
                .filter(bucket -> bucket.getValue().started() > 0)
                .map(bucket -> bucket.getValue().rate(bucket.getKey()))
                .toList();
    }

    /** The ticker's time, for {@link #replied}. */
    long nanos(String group) {
        return bucket(group).nanos();
    }

    /**
     * @param call see {@link #take(String, Semaphore)}
     * @param since {@link #nanos} when the call started
     */
    void replied(String group, long call, long since) {
        var bucket = bucket(group);
        bucket.replied(call, bucket.nanos() - since);
    }

    private Bucket bucket(String group) {
        var bucket = buckets.get(group);
        if (bucket == null) {
            throw new IllegalArgumentException("no endpoint group " + group);
        }
        return bucket;
    }
}
