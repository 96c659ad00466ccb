package dev.caravan.migration.watch;

import java.time.Instant;
import java.util.Map;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterState;
import dev.caravan.ledger.Run;
import dev.caravan.migration.Migration;
import dev.caravan.migration.verification.Summary;

import static java.util.stream.Collectors.toMap;

/**
 * What the ledger tells those who watch, whoever writes it.
 *
 * @param waiting dead letters that nobody has settled yet, by cause
 * @param run the last one; null before the first
 * @param verdict of the last verification; {@code unverified} before the first
 * @param epoch grows by one with every process that writes
 * @param heartbeat when a process last wrote
 */
record LedgerFacts(Map<String, Long> waiting, Run run, String verdict, long epoch, Instant heartbeat) {

    static LedgerFacts of(Ledger ledger) {
        var holder = ledger.holder();
        return new LedgerFacts(
                LetterState.WAITING.stream()
                        .flatMap(state ->
                                ledger
                                        .deadLetters()
                                        .countByCause(LetterFilter.ALL.withState(state))
                                        .entrySet()
                                        .stream())
                        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum)),
                ledger.runs().last(Migration.COMMAND).orElse(null),
                ledger.verifications()
                        .last()
                        .flatMap(last -> Summary.verdict(last.summary()))
                        .orElse("unverified"),
                holder.epoch(),
                holder.heartbeat());
    }
}
