package dev.caravan.connector.slack;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which folder of an archive has messages of which days: per folder a sorted stretch of shared arrays, 12 bytes a day
 * file, since an archive may hold two million of them.
 */
final class DayFiles {

    private static final int FILE_NAME_LENGTH = "2020-01-31.json".length();

    private final String[] folders;
    /** Where the days of folder i start; one longer than {@link #folders}. */
    private final int[] starts;

    private final int[] days;
    private final long[] positions;

    private DayFiles(String[] folders, int[] starts, int[] days, long[] positions) {
        this.folders = folders;
        this.starts = starts;
        this.days = days;
        this.positions = positions;
    }

    int folders() {
        return folders.length;
    }

    String folder(int number) {
        return folders[number];
    }

    /** Number of the folder, or negative. */
    int folder(String name) {
        return Arrays.binarySearch(folders, name);
    }

    int from(int folder) {
        return starts[folder];
    }

    int to(int folder) {
        return starts[folder + 1];
    }

    /** Days since 1970. */
    int day(int file) {
        return days[file];
    }

    /** In the archive's list of entries. */
    long position(int file) {
        return positions[file];
    }

    /** The first file of the folder whose day is at least this one. */
    int firstFrom(int folder, int day) {
        int found = Arrays.binarySearch(days, starts[folder], starts[folder + 1], day);
        return found >= 0 ? found : -found - 1;
    }

    /** Days since 1970 of a {@code YYYY-MM-DD.json}, or -1. */
    static int dayOf(String fileName) {
        if (fileName.length() != FILE_NAME_LENGTH || !fileName.endsWith(".json")) {
            return -1;
        }
        try {
            return (int) LocalDate.parse(fileName.substring(0, 10)).toEpochDay();
        } catch (DateTimeException e) {
            return -1;
        }
    }

    /** Collects the entries in the archive's own order. */
    static final class Builder {

        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> names = new ArrayList<>();
        private int[] folder = new int[256];
        private int[] day = new int[256];
        private long[] position = new long[256];
        private int count;

        int folder(String name) {
            return numbers.computeIfAbsent(name, n -> {
                names.add(n);
                return names.size() - 1;
            });
        }

        void add(String folderName, int dayNumber, long entryPosition) {
            if (count == day.length) {
                folder = Arrays.copyOf(folder, count * 2);
                day = Arrays.copyOf(day, count * 2);
                position = Arrays.copyOf(position, count * 2);
            }
            folder[count] = folder(folderName);
            day[count] = dayNumber;
            position[count++] = entryPosition;
        }

        DayFiles build() {
            numbers.clear();
            var sorted = names.toArray(String[]::new);
            Arrays.sort(sorted);
            var rank = new int[sorted.length];
            for (int i = 0; i < rank.length; i++) {
                rank[i] = Arrays.binarySearch(sorted, names.get(i));
            }
            var starts = new int[sorted.length + 1];
            for (int i = 0; i < count; i++) {
                starts[rank[folder[i]] + 1]++;
            }
            for (int i = 0; i < sorted.length; i++) {
                starts[i + 1] += starts[i];
            }
            return filled(sorted, rank, starts);
        }

        private DayFiles filled(String[] sorted, int[] rank, int[] starts) {
            var next = starts.clone();
            var days = new int[count];
            var positions = new long[count];
            for (int i = 0; i < count; i++) {
                int at = next[rank[folder[i]]]++;
                days[at] = day[i];
                positions[at] = position[i];
            }
            for (int i = 0; i < sorted.length; i++) {
                sort(days, positions, starts[i], starts[i + 1]);
            }
            return new DayFiles(sorted, starts, days, positions);
        }

        /** By day. Nearly always sorted already, since packers walk folders by name. */
        private static void sort(int[] days, long[] positions, int from, int to) {
            for (int i = from + 1; i < to; i++) {
                if (days[i - 1] > days[i]) {
                    sortSlowly(days, positions, from, to);
                    return;
                }
            }
        }

        private static void sortSlowly(int[] days, long[] positions, int from, int to) {
            var pairs = new long[to - from][];
            for (int i = from; i < to; i++) {
                pairs[i - from] = new long[] {days[i], positions[i]};
            }
            Arrays.sort(pairs, (a, b) -> Long.compare(a[0], b[0]));
            for (int i = from; i < to; i++) {
                days[i] = (int) pairs[i - from][0];
                positions[i] = pairs[i - from][1];
            }
        }
    }
}
