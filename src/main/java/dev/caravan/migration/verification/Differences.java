package dev.caravan.migration.verification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.caravan.ledger.Difference;
import dev.caravan.ledger.Verifications;
import dev.caravan.model.Kind;

/** Collects what is unlike. All is counted; of each field and rule the first ones are stored, each by id. */
final class Differences {

    static final int MOST_A_FIELD = 10_000;
    static final int MOST_A_RULE = 100;
    private static final int AT_ONCE = 500;

    private final Verifications verifications;
    private final int number;
    private final SortedMap<String, Long> fields = new TreeMap<>();
    private final SortedMap<String, Long> rules = new TreeMap<>();
    private final Map<String, List<String>> examples = new HashMap<>();
    private final List<Difference> waiting = new ArrayList<>();

    Differences(Verifications verifications, int number) {
        this.verifications = verifications;
        this.number = number;
    }

    void ofAccount(String kind, String field, String detail) {
        add(new Difference(1, null, kind, kind, field, detail));
    }

    void of(Kind kind, String id, String field, String detail) {
        add(new Difference(3, null, kind.word(), id, field, detail));
    }

    /** One that a declared rule explains. */
    void byRule(String rule, Kind kind, String id, String field, String detail) {
        var use = rule + " " + kind.word();
        var ids = examples.computeIfAbsent(use, key -> new ArrayList<>());
        if (ids.size() < LossyRules.EXAMPLES && !ids.contains(id)) {
            ids.add(id);
        }
        if (rules.merge(use, 1L, Long::sum) <= MOST_A_RULE) {
            store(new Difference(3, rule, kind.word(), id, field, detail));
        }
    }

    private void add(Difference difference) {
        if (fields.merge(difference.kind() + "." + difference.field(), 1L, Long::sum) <= MOST_A_FIELD) {
            store(difference);
        }
    }

    private void store(Difference difference) {
        waiting.add(difference);
        if (waiting.size() == AT_ONCE) {
            flush();
        }
    }

    void flush() {
        if (!waiting.isEmpty()) {
            verifications.add(number, List.copyOf(waiting));
            waiting.clear();
        }
    }

    /** How many no rule explains, by kind and field: {@code message.text}. */
    SortedMap<String, Long> fields() {
        return fields;
    }

    /** How many each rule explains, by rule and kind: {@code assigned-time message}. */
    SortedMap<String, Long> rules() {
        return rules;
    }

    /** The first ids each rule explains, by rule and kind. */
    Map<String, List<String>> examples() {
        return examples;
    }
}
