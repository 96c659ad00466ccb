package dev.caravan.console.api;

import java.time.ZoneId;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.caravan.ledger.LetterFilter;
import dev.caravan.migration.letters.LetterWords;
import dev.caravan.migration.letters.Selection;
import dev.caravan.model.Problem;

/**
 * Which letters are sent again or waived: these ids, or those of a filter, or all. Exactly one of them is given, so that a wish
 * somebody mistyped never means everything.
 *
 * @param all true for all that wait
 * @param reason of a waiver
 */
public record LetterChoice(
        SortedSet<Long> ids,
        String cause,
        String subject,
        String stage,
        String kind,
        String conversation,
        String from,
        String to,
        boolean all,
        String reason) {

    /** @throws Problem CRV-644 for none or several ways to choose, 587 for a kind that is none, 645 for a day that is none */
    Selection selection(ZoneId zone) {
        var filter = new LetterWords(cause, subject, stage, kind, null, conversation, from, to).filter(zone);
        var numbers = ids == null ? new TreeSet<Long>() : ids;
        var ways = Stream.of(!numbers.isEmpty(), !filter.equals(LetterFilter.ALL), all)
                .filter(Boolean::booleanValue)
                .count();
        if (ways != 1) {
            throw new Problem("CRV-644");
        }
        return new Selection(numbers, filter);
    }

    /** For the history: numbers, or what the filter wants; empty for all. */
    String words() {
        return ids == null || ids.isEmpty()
                ? Stream.of(cause, subject, stage, kind, conversation, from, to)
                        .filter(one -> one != null && !one.isBlank())
                        .collect(Collectors.joining(", "))
                : ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
