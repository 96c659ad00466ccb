package dev.caravan.transform.cleanse;

import java.util.List;
import java.util.Locale;

/** The checks that come with the product; a rule names one, says what to do and sets its limits. */
enum Check {
    BYTE_ORDER_MARK(Moment.TEXT, List.of(Action.REPAIR, Action.REFUSE)),
    ENCODING(Moment.BYTES, List.of(Action.REPAIR, Action.REFUSE), "encodings"),
    MOJIBAKE(Moment.TEXT, List.of(Action.REPAIR, Action.REFUSE), "lossy"),
    CONTROL_CHARACTERS(Moment.TEXT, List.of(Action.REPAIR, Action.REFUSE)),
    LONE_SURROGATES(Moment.TEXT, List.of(Action.REPAIR, Action.REFUSE)),
    NON_CHARACTERS(Moment.TEXT, List.of(Action.REPAIR, Action.REFUSE)),
    TIME_FORM(Moment.TREE, List.of(Action.REPAIR, Action.REFUSE), "fields", "form", "required"),
    CANONICAL_FORM(Moment.TREE, List.of(Action.REFUSE)),
    TIME_RANGE(Moment.TREE, List.of(Action.REPAIR, Action.REFUSE), "fields", "earliest", "future"),
    OVERSIZE(Moment.TREE, List.of(Action.REFUSE), "fields", "limit"),
    DUPLICATE_ID(Moment.BATCH, List.of(Action.FILTER, Action.REFUSE));

    /** What a check looks at. */
    enum Moment {
        BYTES,
        TEXT,
        TREE,
        BATCH
    }

    private final Moment moment;
    private final List<Action> actions;
    private final List<String> settings;

    Check(Moment moment, List<Action> actions, String... settings) {
        this.moment = moment;
        this.actions = actions;
        this.settings = List.of(settings);
    }

    Moment moment() {
        return moment;
    }

    /** Besides {@link Action#OFF}, which every rule knows. */
    List<Action> actions() {
        return actions;
    }

    List<String> settings() {
        return settings;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
