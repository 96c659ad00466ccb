package dev.caravan.migration.letters;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Letter;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterState;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** What people do with dead letters before they are sent again. */
@ApplicationScoped
public class Letters {

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
     * Mends a letter; it is sent by the next replay.
     *
     * @param mended a JSON object; of a letter that holds the rest of an entry any number of them
     * @throws Problem CRV-601 no such letter, 602 to 607 what is wrong with the bytes, 603 the letter is settled
     */
    public void edit(long id, byte[] mended) {
        try (Ledger ledger = ledgers.open()) {
            var letter = find(ledger, id);
            check(letter, mended);
            if (!ledger.deadLetters().edit(id, mended)) {
                throw settled(letter);
            }
        }
    }

    /**
     * Leaves letters behind for good; they count as filtered.
     *
     * @return how many
     * @throws Problem CRV-601 no such letter
     */
    public int waive(Selection selection, String by, String why) {
        try (Ledger ledger = ledgers.open()) {
            var chosen = selection.in(ledger);
            chosen.forEach(letter -> ledger.deadLetters().waive(letter.id(), by, why));
            return chosen.size();
        }
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
