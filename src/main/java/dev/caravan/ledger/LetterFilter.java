package dev.caravan.ledger;

import dev.caravan.model.Kind;

/**
 * Which dead letters; null means any.
 *
 * @param subject the one thing the cause names
 * @param stage step of the road that refused
 * @param conversation source id
 * @param from time of the record at the source, us since 1970, inclusive; letters whose time is not known have none
 * @param to exclusive
 */
public record LetterFilter(
        String cause,
        String subject,
        String stage,
        Kind kind,
        LetterState state,
        String conversation,
        Long from,
        Long to) {

    public static final LetterFilter ALL = new LetterFilter(null, null, null, null, null, null, null, null);

    public LetterFilter withCause(String newCause) {
        return new LetterFilter(newCause, subject, stage, kind, state, conversation, from, to);
    }

    public LetterFilter withSubject(String newSubject) {
        return new LetterFilter(cause, newSubject, stage, kind, state, conversation, from, to);
    }

    public LetterFilter withStage(String newStage) {
        return new LetterFilter(cause, subject, newStage, kind, state, conversation, from, to);
    }

    public LetterFilter withKind(Kind newKind) {
        return new LetterFilter(cause, subject, stage, newKind, state, conversation, from, to);
    }

    public LetterFilter withState(LetterState newState) {
        return new LetterFilter(cause, subject, stage, kind, newState, conversation, from, to);
    }

    public LetterFilter withConversation(String newConversation) {
        return new LetterFilter(cause, subject, stage, kind, state, newConversation, from, to);
    }

    public LetterFilter between(Long newFrom, Long newTo) {
        return new LetterFilter(cause, subject, stage, kind, state, conversation, newFrom, newTo);
    }
}
