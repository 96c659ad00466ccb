package dev.caravan.fakechat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds what should be on a target against what is, by ids alone. The keys are channels, the ids of each stand in order.
 *
 * @param lost should be there and is not, {@code channel/id}
 * @param doubled is there more than once
 * @param strangers is there and should not, or is in another channel
 * @param outOfOrder stands behind one that it should stand before
 */
public record SetArithmetic(Set<String> lost, Set<String> doubled, Set<String> strangers, Set<String> outOfOrder) {

    private static final int EXAMPLES = 20;

    public static SetArithmetic of(Map<String, List<String>> sent, Map<String, List<String>> held) {
        return of(sent, held, Set.of());
    }

    /** @param dead ids that are accounted for otherwise, as dead letters; they must not be there */
    public static SetArithmetic of(
            Map<String, List<String>> sent, Map<String, List<String>> held, Collection<String> dead) {
        var result = new SetArithmetic(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        var channels = new TreeSet<>(sent.keySet());
        channels.addAll(held.keySet());
        for (var channel : channels) {
            var wanted = new LinkedHashSet<>(sent.getOrDefault(channel, List.of()));
            wanted.removeAll(new HashSet<>(dead));
            result.compare(channel + "/", List.copyOf(wanted), held.getOrDefault(channel, List.of()));
        }
        return result;
    }

    private void compare(String channel, List<String> wanted, List<String> there) {
        var places = new HashMap<String, Integer>();
        wanted.forEach(id -> places.put(id, places.size()));
        var seen = new HashSet<String>();
        int furthest = -1;
        for (var id : there) {
            var place = places.get(id);
            if (place == null) {
                strangers.add(channel + id);
            }
            if (!seen.add(id)) {
                doubled.add(channel + id);
            } else if (place != null) {
                if (place < furthest) {
                    outOfOrder.add(channel + id);
                }
                furthest = Math.max(furthest, place);
            }
        }
        wanted.stream().filter(id -> !seen.contains(id)).forEach(id -> lost.add(channel + id));
    }

    /** Nothing lost, doubled, strange or out of order. */
    public boolean holds() {
        return lost.isEmpty() && doubled.isEmpty() && strangers.isEmpty() && outOfOrder.isEmpty();
    }

    @Override
    public String toString() {
        var parts = new TreeMap<>(
                Map.of("lost", lost, "doubled", doubled, "strangers", strangers, "out of order", outOfOrder));
        var lines = new ArrayList<String>();
        parts.forEach((name, ids) -> {
            if (!ids.isEmpty()) {
                lines.add(ids.size() + " " + name + ": "
                        + ids.stream().limit(EXAMPLES).collect(Collectors.joining(", "))
                        + (ids.size() > EXAMPLES ? ", ..." : ""));
            }
        });
        return lines.isEmpty() ? "nothing lost, doubled, strange or out of order" : String.join("\n", lines);
    }
}
