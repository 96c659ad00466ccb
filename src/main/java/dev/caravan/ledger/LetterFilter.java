package dev.caravan.ledger;

import dev.caravan.model.Kind;

/** Which dead letters; null means any. */
public record LetterFilter(String cause, Kind kind, LetterState state) {

    public static final LetterFilter ALL = new LetterFilter(null, null, null);

    public LetterFilter withCause(String newCause) {
        return new LetterFilter(newCause, kind, state);
    }

    public LetterFilter withKind(Kind newKind) {
        return new LetterFilter(cause, newKind, state);
    }

    public LetterFilter withState(LetterState newState) {
        return new LetterFilter(cause, kind, newState);
    }
}
