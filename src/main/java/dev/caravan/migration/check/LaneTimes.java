package dev.caravan.migration.check;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The times of the messages of one lane that went by: 8 bytes each, because they come in order. For one thread. */
final class LaneTimes {

    private static final int FIRST_SIZE = 64;

    private final Set<Long> outOfOrder = new HashSet<>();
    private long[] times = new long[FIRST_SIZE];
    private int size;

    void add(long time) {
        if (size > 0 && time < times[size - 1]) {
            outOfOrder.add(time);
            return;
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
        }
        times[size++] = time;
    }

    boolean contains(long time) {
        return Arrays.binarySearch(times, 0, size, time) >= 0 || outOfOrder.contains(time);
    }
}
