package dev.caravan.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Up to N records of one kind out of one lane, plus the position after them. Immutable: each step returns a new batch.
 *
 * @param position the reader's own token for "after this batch", null for a batch that moves no checkpoint
 * @param span see {@link Span}; null when the reader cannot promise it
 * @param refused what the steps so far refused; only {@code commit} stores it
 * @param links what the steps so far linked anew
 * @param tally what was read and filtered; the rest is counted from the outcomes by {@code commit}
 * @param letters numbers of the dead letters the records come from when this is a replay; they are settled with it
 */
public record Batch(
        Kind kind,
        Lane lane,
        String position,
        Span span,
        List<Item> items,
        List<Refusal> refused,
        List<Finding> findings,
        List<Link> links,
        Tally tally,
        Set<Long> letters) {

    public Batch {
        items = List.copyOf(items);
        refused = List.copyOf(refused);
        findings = List.copyOf(findings);
        links = List.copyOf(links);
        letters = Set.copyOf(letters);
    }

    /** A batch of records that come from no dead letters. */
    public Batch(
            Kind kind,
            Lane lane,
            String position,
            Span span,
            List<Item> items,
            List<Refusal> refused,
            List<Finding> findings,
            List<Link> links,
            Tally tally) {
        this(kind, lane, position, span, items, refused, findings, links, tally, Set.of());
    }

    /** A batch as a reader makes it: everything in it counts as read. */
    public static Batch read(
            Kind kind, Lane lane, String position, Span span, List<Item> items, List<Refusal> refused) {
        return new Batch(
                kind,
                lane,
                position,
                span,
                items,
                refused,
                List.of(),
                List.of(),
                Tally.NONE.plus(kind.word(), Tally.What.READ, items.size() + refused.size()));
    }

    public Batch withItems(List<Item> newItems) {
        return new Batch(kind, lane, position, span, newItems, refused, findings, links, tally, letters);
    }

    public Batch plusRefused(List<Refusal> more) {
        return more.isEmpty()
                ? this
                : new Batch(kind, lane, position, span, items, concat(refused, more), findings, links, tally, letters);
    }

    public Batch plusFindings(List<Finding> more) {
        return more.isEmpty()
                ? this
                : new Batch(kind, lane, position, span, items, refused, concat(findings, more), links, tally, letters);
    }

    public Batch plusLinks(List<Link> more) {
        return more.isEmpty()
                ? this
                : new Batch(kind, lane, position, span, items, refused, findings, concat(links, more), tally, letters);
    }

    public Batch plusTally(Tally more) {
        return new Batch(kind, lane, position, span, items, refused, findings, links, tally.plus(more), letters);
    }

    public Batch withLetters(Set<Long> newLetters) {
        return new Batch(kind, lane, position, span, items, refused, findings, links, tally, newLetters);
    }

    private static <T> List<T> concat(List<T> a, List<T> b) {
        var all = new ArrayList<T>(a.size() + b.size());
        all.addAll(a);
        all.addAll(b);
        return all;
    }
}
