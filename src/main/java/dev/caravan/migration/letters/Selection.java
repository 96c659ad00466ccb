package dev.caravan.migration.letters;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Letter;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterState;
import dev.caravan.ledger.Paged;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;

/**
 * Which letters are meant.
 *
 * @param ids these, or those of the filter when empty
 * @param filter its state is not looked at: letters somebody is done with are never meant
 */
public record Selection(SortedSet<Long> ids, LetterFilter filter) {

    public static final Selection ALL = new Selection(new TreeSet<>(), LetterFilter.ALL);

    private static final int PAGE = 1000;

    /** People first, then conversations, memberships, emoji, messages: each leans on the ones before. */
    private static final Comparator<Found> ORDER = Comparator.comparing(Found::kind)
            .thenComparing(Found::conversation)
            .thenComparingLong(Found::time)
            .thenComparing(Found::sourceId)
            .thenComparingLong(Found::id);

    /** What order and cutting need of a letter. Empty text stands for what is unknown. */
    record Found(long id, Kind kind, String conversation, long time, String sourceId, int size) {
        static Found of(Letter.Head head) {
            return new Found(
                    head.id(),
                    head.kind(),
                    orEmpty(head.conversation()),
                    head.time(),
                    orEmpty(head.sourceId()),
                    head.size());
        }

        private static String orEmpty(String text) {
            return text == null ? "" : text;
        }
    }

    /**
     * The letters still to be dealt with, in the order in which they are sent.
     *
     * @throws Problem CRV-601 for a number no letter has
     */
    List<Found> in(Ledger ledger) {
        var found = new ArrayList<Found>();
        Consumer<Letter.Head> take = head -> {
            if (!head.state().isSettled() && head.kind() != null) {
                found.add(Found.of(head));
            }
        };
        for (long id : ids) {
            take.accept(ledger.deadLetters()
                    .find(id)
                    .orElseThrow(() -> new Problem("CRV-601", Long.toString(id)))
                    .head());
        }
        if (ids.isEmpty()) {
            each(ledger, LetterState.OPEN, take);
            each(ledger, LetterState.EDITED, take);
        }
        found.sort(ORDER);
        return found;
    }

    private void each(Ledger ledger, LetterState state, Consumer<Letter.Head> take) {
        new Paged<>(0L, after -> ledger.deadLetters().list(filter.withState(state), after, PAGE), Letter.Head::id)
                .each(take);
    }
}
