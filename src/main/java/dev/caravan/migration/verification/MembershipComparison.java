package dev.caravan.migration.verification;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.caravan.ledger.Ledger;
import dev.caravan.model.Kind;

/**
 * Compares who is in which channel. There may be millions of pairs, so that of each person only their number and a sum of
 * their hashes is held; the pairs themselves are looked at of those people only who differ.
 */
final class MembershipComparison {

    private static final int MOST_PEOPLE = 1000;

    private final Differences differences;
    private final Set<String> silent;
    private final KnownMemberships known;
    private long expected;

    /** @param silent names of people whose memberships the target does not tell */
    MembershipComparison(Ledger ledger, Differences differences, Set<String> silent) {
        this.differences = differences;
        this.silent = silent;
        this.known = new KnownMemberships(ledger);
    }

    /**
     * @param target opens what is on the target; called again when somebody differs
     * @return how many pairs there should be
     */
    long compare(Supplier<ReadBack> target) {
        var should = new Sums();
        expected(should::add);
        expected = should.end();
        var is = new Sums();
        found(target, is::add);
        is.end();
        var differing = should.differing(is);
        if (!differing.isEmpty()) {
            pairs(differing, target);
        }
        return expected;
    }

    private void expected(BiConsumer<String, String> pair) {
        known.forEach((user, channel) -> {
            if (!silent.contains(user)) {
                pair.accept(user, channel);
            }
        });
    }

    private static void found(Supplier<ReadBack> target, BiConsumer<String, String> pair) {
        try (var batches = target.get()) {
            while (batches.hasNext()) {
                for (var membership : batches.next()) {
                    pair.accept(
                            membership.path("user").asText(),
                            membership.path("channel").asText());
                }
            }
        }
    }

    private void pairs(Set<String> people, Supplier<ReadBack> target) {
        var missing = new TreeMap<String, Set<String>>();
        expected((user, channel) -> {
            if (people.contains(user)) {
                missing.computeIfAbsent(user, u -> new HashSet<>()).add(channel);
            }
        });
        found(target, (user, channel) -> {
            if (people.contains(user)
                    && !missing.computeIfAbsent(user, u -> new HashSet<>()).remove(channel)) {
                differences.of(Kind.MEMBERSHIP, channel + "/" + user, "extra", null);
            }
        });
        missing.forEach((user, names) -> names.stream()
                .sorted()
                .forEach(channel -> differences.of(Kind.MEMBERSHIP, channel + "/" + user, "missing", null)));
    }

    /** Of each person: how many channels, and the sum of their names' hashes. People come one after the other. */
    private static final class Sums {
        private final Map<String, long[]> people = new HashMap<>();
        private final Set<String> current = new HashSet<>();
        private String user;

        void add(String of, String channel) {
            if (!of.equals(user)) {
                end();
                user = of;
            }
            current.add(channel);
        }

        long end() {
            if (!current.isEmpty()) {
                var sum = people.computeIfAbsent(user, u -> new long[2]);
                sum[0] += current.size();
                current.forEach(channel -> sum[1] += hash(channel));
                current.clear();
            }
            return people.values().stream().mapToLong(sum -> sum[0]).sum();
        }

        private static long hash(String channel) {
            long hash = 1125899906842597L;
            for (int i = 0; i < channel.length(); i++) {
                hash = 31 * hash + channel.charAt(i);
            }
            return hash * 0x9E3779B97F4A7C15L;
        }

        Set<String> differing(Sums other) {
            Set<String> differing = new HashSet<>();
            people.forEach((name, sum) -> {
                if (!Arrays.equals(sum, other.people.get(name))) {
                    differing.add(name);
                }
            });
            other.people.keySet().stream()
                    .filter(name -> !people.containsKey(name))
                    .forEach(differing::add);
            return differing.stream().sorted().limit(MOST_PEOPLE).collect(Collectors.toSet());
        }
    }
}
