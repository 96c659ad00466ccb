package dev.caravan.transform.cleanse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Refusal;
import dev.caravan.model.Sha256;

/** What the steps have to say about the one record in hand: names of fields and hashes, never text (invariant 8). */
final class Notes {

    private static final int FIELDS_NAMED = 20;
    private static final int HASH_DIGITS = 16;

    private final Map<String, List<String>> found = new LinkedHashMap<>();
    private final Map<String, String> proposals = new LinkedHashMap<>();
    private String cause;
    private String detail;

    void found(Rule rule, String detailOfField) {
        found(rule.id(), detailOfField);
    }

    void found(String rule, String detailOfField) {
        found.computeIfAbsent(rule, id -> new ArrayList<>()).add(detailOfField);
    }

    /** The first cause stays: what comes after looks at a record that is refused already. */
    void refuse(Rule rule, String newCause, String field) {
        if (cause == null) {
            cause = newCause;
            detail = "rule " + rule.id() + ": " + field;
        }
    }

    /** What a field may have been: goes into the dead letter, which holds the text anyway. */
    void propose(String field, String text) {
        proposals.put(field, text);
    }

    boolean refused() {
        return cause != null;
    }

    Refusal refusal(Item item, Kind kind) {
        var refusal = item.refuse(kind, "cleanse", cause, detail);
        return proposals.isEmpty() ? refusal : refusal.withProposals(proposals);
    }

    void addTo(List<Finding> findings, Item item, Kind kind) {
        if (found.isEmpty()) {
            return;
        }
        var id = item.id() == null ? item.origin().toString() : item.id();
        found.forEach((rule, fields) -> findings.add(new Finding(rule, kind.word(), id, join(fields))));
    }

    void clear() {
        if (!found.isEmpty()) {
            found.clear();
        }
        if (!proposals.isEmpty()) {
            proposals.clear();
        }
        cause = null;
        detail = null;
    }

    /** Enough of a hash to recognise a text one has, for a finding. */
    static String hash(String text) {
        return Sha256.hex(text, HASH_DIGITS);
    }

    private static String join(List<String> fields) {
        var named = String.join(", ", fields.subList(0, Math.min(FIELDS_NAMED, fields.size())));
        return fields.size() <= FIELDS_NAMED ? named : named + ", and " + (fields.size() - FIELDS_NAMED) + " more";
    }
}
