package dev.caravan.migration.letters;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Letter;
import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Migration;
import dev.caravan.migration.RunFactory;
import dev.caravan.migration.road.Steps;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Problem;
import dev.caravan.model.Refusal;
import dev.caravan.model.Tally;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes a letter down the whole road up to the sink, with the files that serve now, and keeps nothing. */
@ApplicationScoped
public class Preview {

    private final LedgerAccess ledgers;
    private final RunFactory runs;

    public Preview(LedgerAccess ledgers, RunFactory runs) {
        this.ledgers = ledgers;
        this.runs = runs;
    }

    /** What would become of a record. */
    public enum Verdict {
        SEND,
        /** The target has it as it would be now. */
        UNCHANGED,
        FILTERED
    }

    /**
     * @param target the record in the target's own format; null when a rule of the scope leaves it out
     * @param rules of the target that changed or left out something of it; of a filtered record those that filter it
     */
    public record Result(ObjectNode canonical, String target, Verdict verdict, List<String> rules) {}

    /**
     * @param canonical as far as the road got with whatever is in the letter
     * @param records that would reach the sink, or would be filtered
     * @param refused what would be refused on the way
     * @param placeholders source ids of people, conversations and roots that would be made because no list names them
     */
    public record Tried(
            List<ObjectNode> canonical, List<Result> records, List<Refusal> refused, List<String> placeholders) {

        static final Tried NOTHING = new Tried(List.of(), List.of(), List.of(), List.of());
    }

    /** @throws Problem CRV-601 no such letter, CRV-310 where no run was yet, and those of broken files */
    public Tried of(long id) {
        return of(id, letter -> letter);
    }

    /** With other bytes than the letter has. @throws Problem as {@link #of(long)} */
    public Tried of(long id, byte[] tried) {
        return of(id, letter -> new Letter(letter.head(), letter.raw(), tried, letter.context()));
    }

    private Tried of(long id, UnaryOperator<Letter> change) {
        try (Ledger ledger = ledgers.openReadOnly()) {
            var letter = change.apply(
                    ledger.deadLetters().find(id).orElseThrow(() -> new Problem("CRV-601", Long.toString(id))));
            if (letter.head().kind() == null) {
                return Tried.NOTHING;
            }
            var last = ledger.runs().last(Migration.COMMAND).orElseThrow(() -> new Problem("CRV-310"));
            var run = runs.create(0, last, ledger);
            var chosen = List.of(Selection.Found.of(letter.head()));
            try (var letters = new LetterBatches(
                    any -> List.of(letter), last.id(), chosen, run.cleansing().byteRepair(), chosen.size())) {
                return travel(run, letters.next());
            }
        }
    }

    private static Tried travel(ActiveRun run, Batch read) {
        var cleansed = run.cleansing().beforeMapping(read, run.sourceKind());
        var mapped = run.mapping().toCanonical(cleansed, item -> run.variables());
        var canonical = run.cleansing().afterMapping(mapped);
        var scoped = run.scope().apply(canonical);
        var results = new ArrayList<Result>();
        canonical.items().stream()
                .filter(item -> !scoped.items().contains(item))
                .forEach(item -> results.add(new Result(item.canonical(), null, Verdict.FILTERED, filteredBy(scoped))));
        var linked = run.linker().link(scoped);
        var placeholders = linked.subList(0, linked.size() - 1).stream()
                .flatMap(batch -> batch.items().stream())
                .map(Item::id)
                .toList();
        var target = new Steps(run).toTarget(linked.get(linked.size() - 1));
        var left = new HashSet<String>();
        run.opening().apply(target).items().forEach(item -> left.add(item.id()));
        target.items().forEach(item -> results.add(result(item, left.contains(item.id()))));
        return new Tried(
                canonical.items().stream().map(Item::canonical).toList(), results, target.refused(), placeholders);
    }

    private static Result result(Item item, boolean left) {
        var target = item.target();
        var verdict = left ? Verdict.SEND : Verdict.UNCHANGED;
        return new Result(
                item.canonical(),
                new String(target.payload(), StandardCharsets.UTF_8),
                target.objects() == 0 ? Verdict.FILTERED : verdict,
                target.rules());
    }

    private static List<String> filteredBy(Batch batch) {
        return batch.tally().counts().keySet().stream()
                .filter(key -> key.what() == Tally.What.FILTERED)
                .map(Tally.Key::rule)
                .distinct()
                .toList();
    }
}
