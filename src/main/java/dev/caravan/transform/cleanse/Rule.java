package dev.caravan.transform.cleanse;

import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Kind;

/**
 * One rule of the file, its words checked.
 *
 * @param source the source kind whose records it is for, before the mapping; null for canonical records, and for checks
 *     of text for all sources
 * @param check the built-in check, null for an operator's own rule, whose {@code match} is in the settings
 * @param settings all of the rule as written
 */
record Rule(String id, Set<Kind> kinds, String source, Check check, Action action, ObjectNode settings, Place place) {

    /** Where the rule stands, for messages. */
    record Place(String file, int line, String id) {}

    boolean concerns(Kind kind, String sourceKind) {
        return kinds.contains(kind) && (source == null || source.equals(sourceKind));
    }
}
