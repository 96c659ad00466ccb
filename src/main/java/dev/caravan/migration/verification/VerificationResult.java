package dev.caravan.migration.verification;

import java.util.List;
import java.util.SortedMap;

/**
 * What a verification found; the single differences are in the ledger under its number.
 *
 * @param differences how many no rule explains, by kind and field: {@code message.text}
 * @param notChecked what was not compared: {@code elements}, {@code target}, {@code message.cards}
 */
public record VerificationResult(
        int number,
        Verdict verdict,
        SortedMap<String, Long> differences,
        List<RuleUse> rules,
        List<ConversationCount> unequalConversations,
        List<String> notChecked) {}
