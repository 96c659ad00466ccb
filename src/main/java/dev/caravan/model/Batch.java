package dev.caravan.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Up to N records of one kind out of one lane, plus the position after them. Immutable: each step returns a new batch.
 *
 * @param position the reader's own token for "after this batch", null for a batch that moves no checkpoint
 * @param span see {@link Span}; null when the reader cannot promise it
 * @param refused what the steps so far refused; only {@code commit} stores it
 * @param links what the steps so far linked anew
 * @param tally what was read and filtered; the rest is counted from the outcomes by {@code commit}
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
        Tally tally) {

    public Batch {
        items = List.copyOf(items);
        refused = List.copyOf(refused);
        findings = List.copyOf(findings);
        links = List.copyOf(links);
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
        return new Batch(kind, lane, position, span, newItems, refused, findings, links, tally);
    }

    public Batch plusRefused(List<Refusal> more) {
        return more.isEmpty()
                ? this
                : new Batch(kind, lane, position, span, items, concat(refused, more), findings, links, tally);
    }

    public Batch plusFindings(List<Finding> more) {
        return more.isEmpty()
                ? this
                : new Batch(kind, lane, position, span, items, refused, concat(findings, more), links, tally);
    }

    public Batch plusLinks(List<Link> more) {
        return more.isEmpty()
                ? this
                : new Batch(kind, lane, position, span, items, refused, findings, concat(links, more), tally);
    }

    public Batch plusTally(Tally more) {
        return new Batch(kind, lane, position, span, items, refused, findings, links, tally.plus(more));
    }

    private static <T> List<T> concat(List<T> a, List<T> b) {
        var all = new ArrayList<T>(a.size() + b.size());
        all.addAll(a);
        all.addAll(b);
        return all;
    }
}
