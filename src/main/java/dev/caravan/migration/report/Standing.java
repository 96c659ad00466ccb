package dev.caravan.migration.report;

import java.util.List;
import java.util.Optional;

import dev.caravan.ledger.Conversations.Read;
import dev.caravan.ledger.Difference;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.Verifications;
import dev.caravan.ledger.Verifications.Stored;
import dev.caravan.ledger.Verifications.Verification;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Migration;
import dev.caravan.migration.RunSummary;
import jakarta.enterprise.context.ApplicationScoped;

/** What a report would say at this moment, in pages: also while a run or a verification goes on. */
@ApplicationScoped
public class Standing {

    private final LedgerAccess ledgers;

    public Standing(LedgerAccess ledgers) {
        this.ledgers = ledgers;
    }

    /**
     * @param run the last one
     * @param account of that run, as far as it has come
     * @param verification the last one, or null; its {@code ended} is null while it goes on
     * @param counts of its differences by rule; without a rule what none explains
     * @param differences one page of them
     * @param nextDifference what to give as {@code after} for the next page; null on the last
     * @param conversations one page of them
     * @param nextConversation likewise
     */
    public record Facts(
            Run run,
            RunSummary account,
            Verification verification,
            List<Verifications.Count> counts,
            List<Difference> differences,
            Long nextDifference,
            List<Read> conversations,
            String nextConversation) {}

    /**
     * @param afterDifference 0 for the first page
     * @param afterConversation empty for the first page
     * @return nothing where no run was yet
     */
    public Optional<Facts> now(long afterDifference, String afterConversation, int page) {
        var found = ledgers.findReadOnly();
        try (Ledger ledger = found.orElse(null)) {
            return found.flatMap(one -> one.runs().last(Migration.COMMAND))
                    .map(run -> facts(ledger, run, afterDifference, afterConversation, page));
        }
    }

    private static Facts facts(Ledger ledger, Run run, long afterDifference, String afterConversation, int page) {
        var verification = ledger.verifications()
                .last()
                .filter(last -> !last.started().isBefore(run.started()))
                .orElse(null);
        int number = verification == null ? 0 : verification.number();
        var differences = ledger.verifications().page(number, afterDifference, page);
        var conversations = ledger.conversations().page(run.id(), afterConversation, page);
        return new Facts(
                run,
                RunSummary.of(ledger, run.id()),
                verification,
                ledger.verifications().counts(number),
                differences.stream().map(Stored::difference).toList(),
                differences.size() == page ? differences.get(page - 1).seq() : null,
                conversations,
                conversations.size() == page
                        ? conversations.get(page - 1).link().sourceId()
                        : null);
    }
}
