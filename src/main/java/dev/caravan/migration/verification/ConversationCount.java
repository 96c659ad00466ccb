package dev.caravan.migration.verification;

/**
 * Messages of one day in one conversation, where the sides disagree.
 *
 * @param conversation its name on the target
 * @param day UTC: {@code 2024-03-04}
 * @param missing should be there and are not
 * @param extra are there and should not
 */
public record ConversationCount(String conversation, String day, long missing, long extra) {}
