package dev.caravan.connector.slack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The stretches of days that exports cover: what the ledger has there and no export has was deleted. Nobody knows in which
 * time zone an export was cut into days, so a stretch promises only what it covers in every zone.
 */
final class Coverage {

    /** us: a day file's day starts at earliest this much before the UTC day (UTC+14), and at latest LATEST after it. */
    static final long EARLIEST = 14 * 3_600 * SlackTimes.SECOND;

    static final long LATEST = 12 * 3_600 * SlackTimes.SECOND;
    static final long DAY = 24 * 3_600 * SlackTimes.SECOND;

    private final List<int[]> stretches = new ArrayList<>();

    /** @param ranges pairs of first and last day since 1970 */
    Coverage(List<int[]> ranges) {
        var sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingInt(range -> range[0]));
        for (var range : sorted) {
            var last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
            if (last != null && range[0] <= last[1] + 1) {
                last[1] = Math.max(last[1], range[1]);
            } else {
                stretches.add(range.clone());
            }
        }
    }

    int count() {
        return stretches.size();
    }

    /** Number of the stretch a day lies in. */
    int of(int day) {
        int found = 0;
        while (found + 1 < stretches.size() && stretches.get(found + 1)[0] <= day) {
            found++;
        }
        return found;
    }

    /** us: from here on every record of the stretch would be in the exports. */
    long start(int stretch) {
        return stretches.get(stretch)[0] * DAY + LATEST;
    }

    /** us: up to here. */
    long end(int stretch) {
        return (stretches.get(stretch)[1] + 1) * DAY - EARLIEST;
    }

    /** us: the earliest time a file of this day can hold. */
    static long earliest(int day) {
        return day * DAY - EARLIEST;
    }

    /** us: the end of what a file of this day can hold. */
    static long latest(int day) {
        return (day + 1) * DAY + LATEST;
    }
}
