package dev.caravan.migration.report;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import dev.caravan.migration.report.ReportFacts.Part;

/** Keeps the first N of an order out of any number. */
final class Longest<T> {

    private final int limit;
    private final Comparator<T> order;
    private final PriorityQueue<T> kept;
    private long total;

    Longest(int limit, Comparator<T> order) {
        this.limit = limit;
        this.order = order;
        this.kept = new PriorityQueue<>(order.reversed());
    }

    void add(T one) {
        total++;
        kept.add(one);
        if (kept.size() > limit) {
            kept.poll();
        }
    }

    Part<T> part() {
        List<T> sorted = kept.stream().sorted(order).toList();
        return new Part<>(sorted, total);
    }
}
