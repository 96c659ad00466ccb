package dev.caravan.migration.verification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds which messages of a stretch stand in another order than they should: the fewest whose removal leaves the rest in
 * order, which is everything beside a longest increasing subsequence.
 */
final class Misplaced {

    private record Met(long expected, long found, String id) {}

    private final List<Met> stretch = new ArrayList<>();

    /** @param expected and found: its index on either side */
    void add(long expected, long found, String id) {
        stretch.add(new Met(expected, found, id));
    }

    int size() {
        return stretch.size();
    }

    /** Ids in the target's order; the next stretch starts empty. */
    List<String> end() {
        if (stretch.size() < 2) {
            stretch.clear();
            return List.of();
        }
        stretch.sort(Comparator.comparingLong(Met::found));
        int n = stretch.size();
        int[] lastOfLength = new int[n];
        int[] before = new int[n];
        int longest = 0;
        for (int i = 0; i < n; i++) {
            int length = lengthBefore(lastOfLength, longest, stretch.get(i).expected());
            before[i] = length == 0 ? -1 : lastOfLength[length - 1];
            lastOfLength[length] = i;
            longest = Math.max(longest, length + 1);
        }
        boolean[] inOrder = new boolean[n];
        for (int i = lastOfLength[longest - 1]; i >= 0; i = before[i]) {
            inOrder[i] = true;
        }
        var misplaced = new ArrayList<String>();
        for (int i = 0; i < n; i++) {
            if (!inOrder[i]) {
                misplaced.add(stretch.get(i).id());
            }
        }
        stretch.clear();
        return misplaced;
    }

    private int lengthBefore(int[] lastOfLength, int longest, long expected) {
        int low = 0;
        int high = longest;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (stretch.get(lastOfLength[middle]).expected() < expected) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
