package dev.caravan.ledger;

import dev.caravan.model.Kind;

/**
 * Which dead letters; null means any.
 *
 * @param conversation source id
 */
public record LetterFilter(String cause, Kind kind, LetterState state, String conversation) {

    public static final LetterFilter ALL = new LetterFilter(null, null, null, null);

    public LetterFilter withCause(String newCause) {
        return new LetterFilter(newCause, kind, state, conversation);
    }

    public LetterFilter withKind(Kind newKind) {
        return new LetterFilter(cause, newKind, state, conversation);
    }

    public LetterFilter withState(LetterState newState) {
        return new LetterFilter(cause, kind, newState, conversation);
    }

    public LetterFilter withConversation(String newConversation) {
        return new LetterFilter(cause, kind, state, newConversation);
    }
}
