package dev.caravan.migration.letters;

import java.util.List;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Letter;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Migration;
import dev.caravan.migration.RunFactory;
import dev.caravan.model.Item;
import dev.caravan.model.Problem;
import dev.caravan.model.Refusal;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes a letter the first part of the road, with the files that serve now, and keeps nothing. */
@ApplicationScoped
public class Preview {

    private final LedgerAccess ledgers;
    private final RunFactory runs;

    public Preview(LedgerAccess ledgers, RunFactory runs) {
        this.ledgers = ledgers;
        this.runs = runs;
    }

    /**
     * @param canonical the records it became
     * @param refused what would be refused on the way there
     */
    public record Canonical(List<ObjectNode> canonical, List<Refusal> refused) {}

    /** @throws Problem CRV-601 no such letter, CRV-310 where no run was yet, and those of broken files */
    public Canonical of(long id) {
        return of(id, letter -> letter);
    }

    /** With other bytes than the letter has. @throws Problem as {@link #of(long)} */
    public Canonical of(long id, byte[] tried) {
        return of(id, letter -> new Letter(letter.head(), letter.raw(), tried, letter.context()));
    }

    private Canonical of(long id, UnaryOperator<Letter> change) {
        try (Ledger ledger = ledgers.openReadOnly()) {
            var letter = change.apply(
                    ledger.deadLetters().find(id).orElseThrow(() -> new Problem("CRV-601", Long.toString(id))));
            if (letter.head().kind() == null) {
                return new Canonical(List.of(), List.of());
            }
            var last = ledger.runs().last(Migration.COMMAND).orElseThrow(() -> new Problem("CRV-310"));
            var run = runs.create(0, last, ledger);
            var chosen = List.of(Selection.Found.of(letter.head()));
            try (var letters = new LetterBatches(
                    any -> List.of(letter), last.id(), chosen, run.cleansing().byteRepair(), chosen.size())) {
                var cleansed = run.cleansing().beforeMapping(letters.next(), run.sourceKind());
                var mapped = run.mapping().toCanonical(cleansed, item -> run.variables());
                var canonical = run.cleansing().afterMapping(mapped);
                return new Canonical(
                        canonical.items().stream().map(Item::canonical).toList(), canonical.refused());
            }
        }
    }
}
