package dev.caravan.transform.cleanse;

import java.util.Locale;

/** What a rule does with a record it matches. */
enum Action {
    REPAIR,
    FILTER,
    REFUSE,
    OFF,
    SET_DEFAULT,
    REMOVE,
    REPLACE;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
