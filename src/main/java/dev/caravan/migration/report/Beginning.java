package dev.caravan.migration.report;

import java.util.ArrayList;
import java.util.List;

import dev.caravan.migration.report.ReportFacts.Part;

/** Counts a list of any length, and keeps the first rows of it that are worth showing. */
final class Beginning<T> {

    private final int limit;
    private final List<T> shown = new ArrayList<>();
    private long total;

    Beginning(int limit) {
        this.limit = limit;
    }

    void add(T one) {
        total++;
        if (shown.size() < limit) {
            shown.add(one);
        }
    }

    /** One that is counted and not shown. */
    void pass() {
        total++;
    }

    Part<T> part() {
        return new Part<>(List.copyOf(shown), total);
    }
}
