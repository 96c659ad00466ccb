package dev.caravan.migration.verification;

import java.util.List;

/**
 * How often a declared rule changed or lost something.
 *
 * @param records how many records it touched
 * @param of how many records of its kind there are
 * @param ceiling share of them that it may touch
 * @param examples source ids
 */
public record RuleUse(String rule, String kind, long records, long of, double ceiling, List<String> examples) {

    public boolean exceeded() {
        return of > 0 && records > ceiling * of;
    }
}
