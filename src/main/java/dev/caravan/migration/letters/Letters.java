package dev.caravan.migration.letters;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Letter;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterGroup;
import dev.caravan.ledger.LetterState;
import dev.caravan.ledger.Paged;
import dev.caravan.ledger.Requests.Request;
import dev.caravan.migration.Asking;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** What people do with dead letters before they are sent again. */
@ApplicationScoped
public class Letters {

    private static final int PAGE = 500;

    private final LedgerAccess ledgers;

    public Letters(LedgerAccess ledgers) {
        this.ledgers = ledgers;
    }

    /**
     * One page, by number.
     *
     * @param after the last number of the page before; 0 for the first page
     */
    public List<Letter.Head> list(LetterFilter filter, long after, int limit) {
        return reading(ledger -> ledger.deadLetters().list(filter, after, limit));
    }

    /** @throws Problem CRV-601 */
    public Letter show(long id) {
        return reading(ledger -> find(ledger, id));
    }

    /**
     * Mends a letter, also while a run goes on; it is sent by the next replay.
     *
     * @param mended a JSON object; of a letter that holds the rest of an entry any number of them
     * @throws Problem CRV-601 no such letter, 602 to 607 what is wrong with the bytes, 603 the letter is settled, 643 it is
     *     being sent
     */
    public void edit(long id, byte[] mended) {
        check(show(id), mended);
        edit(List.of(new Mended(id, null, mended))).forEach(problem -> {
            throw problem;
        });
    }

    /**
     * What somebody made of a letter outside.
     *
     * @param hash of the raw bytes it was made from
     */
    public record Mended(long id, String hash, byte[] record) {}

    /**
     * Mends many, some at a time. One that cannot be mended is told of and passed over; one that is as it was stays so.
     *
     * @param all each may throw a Problem itself when it cannot be had
     * @return how many were changed, and what was wrong with the others: CRV-601 to 608, 610 made from other bytes, 643
     */
    public Bulk edit(Iterator<Supplier<Mended>> all) {
        int changed = 0;
        var refused = new ArrayList<Problem>();
        while (all.hasNext()) {
            var some = new ArrayList<Mended>();
            for (int taken = 0; all.hasNext() && taken < PAGE; taken++) {
                try {
                    check(all.next().get()).ifPresent(some::add);
                } catch (Problem problem) {
                    refused.add(problem);
                }
            }
            var failed = edit(some);
            changed += some.size() - failed.size();
            refused.addAll(failed);
        }
        return new Bulk(changed, refused);
    }

    public record Bulk(int changed, List<Problem> refused) {}

    private Optional<Mended> check(Mended mended) {
        var letter = show(mended.id());
        if (!letter.head().contentHash().equals(mended.hash())) {
            throw new Problem("CRV-610", Long.toString(mended.id()));
        }
        if (Arrays.equals(letter.current(), mended.record())) {
            return Optional.empty();
        }
        check(letter, mended.record());
        return Optional.of(mended);
    }

    /** @return what was wrong with those that are not mended now */
    private List<Problem> edit(List<Mended> some) {
        if (some.isEmpty()) {
            return List.of();
        }
        try {
            return ledgers.change(ledger -> {
                var failed = new ArrayList<Problem>();
                for (var mended : some) {
                    try {
                        if (!ledger.deadLetters().edit(mended.id(), mended.record())) {
                            failed.add(settled(find(ledger, mended.id())));
                        }
                    } catch (Problem problem) {
                        failed.add(problem);
                    }
                }
                return failed;
            });
        } catch (Problem problem) {
            if (!Asking.maySomebodyElse(problem)) {
                throw problem;
            }
        }
        new Asking(ledgers)
                .ask(some.stream()
                        .map(one -> Request.edit(one.id(), one.record()))
                        .toList());
        return some.stream()
                .filter(one -> !Arrays.equals(show(one.id()).edited(), one.record()))
                .map(one -> settled(show(one.id())))
                .toList();
    }

    /** Letters with their bytes, one by one, by number. */
    public void each(LetterFilter filter, Consumer<Letter> take) {
        try (Ledger ledger = ledgers.openReadOnly()) {
            new Paged<>(0L, after -> ledger.deadLetters().list(filter, after, PAGE), Letter.Head::id)
                    .each(head -> take.accept(find(ledger, head.id())));
        }
    }

    /** See {@link dev.caravan.ledger.DeadLetters#groups}. */
    public List<LetterGroup> groups(int most) {
        return reading(ledger -> ledger.deadLetters().groups(most));
    }

    /** How many there are of each cause. */
    public SortedMap<String, Long> causes(LetterFilter filter) {
        return reading(ledger -> ledger.deadLetters().countByCause(filter));
    }

    /** How many there are of each cause that somebody still has to look at. */
    public SortedMap<String, Long> waiting() {
        return reading(ledger -> ledger.deadLetters().waiting());
    }

    /**
     * Leaves letters behind for good, also while a run goes on; they count as filtered.
     *
     * @return how many
     * @throws Problem CRV-601 no such letter, 643 one is being sent
     */
    public int waive(Selection selection, String by, String why) {
        var chosen = reading(selection::in);
        if (chosen.isEmpty()) {
            return 0;
        }
        try {
            return ledgers.change(ledger -> {
                int waived = 0;
                for (var letter : chosen) {
                    waived += ledger.deadLetters().waive(letter.id(), by, why) ? 1 : 0;
                }
                return waived;
            });
        } catch (Problem problem) {
            if (!Asking.maySomebodyElse(problem)) {
                throw problem;
            }
        }
        new Asking(ledgers)
                .ask(chosen.stream()
                        .map(one -> Request.waive(one.id(), by, why))
                        .toList());
        return chosen.size();
    }

    private static void check(Letter letter, byte[] mended) {
        var id = Long.toString(letter.head().id());
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(mended));
            if (LetterJson.REST_OF_ENTRY.equals(letter.head().cause())) {
                LetterJson.objects(mended);
            } else {
                LetterJson.object(mended);
            }
        } catch (CharacterCodingException notUtf8) {
            throw new Problem("CRV-607", id);
        } catch (LetterJson.Unreadable e) {
            throw new Problem(code(e.cause()), id, e.line(), e.column());
        }
    }

    private static String code(String cause) {
        return switch (cause) {
            case "not-an-object" -> "CRV-604";
            case "duplicate-key", "json-limits" -> "CRV-606";
            default -> "CRV-602";
        };
    }

    private static Problem settled(Letter letter) {
        var id = Long.toString(letter.head().id());
        return new Problem(letter.head().state() == LetterState.WAIVED ? "CRV-608" : "CRV-603", id);
    }

    private static Letter find(Ledger ledger, long id) {
        return ledger.deadLetters().find(id).orElseThrow(() -> new Problem("CRV-601", Long.toString(id)));
    }

    private <T> T reading(Function<Ledger, T> question) {
        try (Ledger ledger = ledgers.openReadOnly()) {
            return question.apply(ledger);
        }
    }
}
