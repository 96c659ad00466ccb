package dev.caravan.migration.verification;

import java.util.List;
import java.util.SortedMap;

/**
 * What a verification found; the single differences are in the ledger under its number.
 *
 * @param differences how many no rule explains, by kind and field: {@code message.text}
 * @param counts by kind: how many records there should be on the target, and how many there are
 * @param unequalDays conversations and days on which messages are missing or too many
 * @param notChecked what was not compared: {@code elements}, {@code target}, {@code message.cards}
 * @param notCheckedCounts how many records, where that was counted
 */
public record VerificationResult(
        int number,
        Verdict verdict,
        SortedMap<String, Long> differences,
        SortedMap<String, Count> counts,
        List<RuleUse> rules,
        List<ConversationCount> unequalDays,
        List<String> notChecked,
        SortedMap<String, Long> notCheckedCounts) {

    public record Count(long expected, long found) {}
}
