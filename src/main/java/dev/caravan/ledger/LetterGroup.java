package dev.caravan.ledger;

/**
 * Letters somebody still has to look at that are mended together.
 *
 * @param subject the one thing the cause names: an author, a root; null where it names none
 */
public record LetterGroup(String cause, String subject, long waiting) {}
