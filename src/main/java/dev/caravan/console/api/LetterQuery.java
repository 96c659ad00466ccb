package dev.caravan.console.api;

import java.util.Locale;

import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterState;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import jakarta.ws.rs.QueryParam;

/** Which dead letters are meant; what is not given, or empty, means any. */
public class LetterQuery {

    @QueryParam("cause")
    public String cause;

    @QueryParam("kind")
    public String kind;

    @QueryParam("state")
    public String state;

    @QueryParam("conversation")
    public String conversation;

    /** @throws Problem CRV-587 for a kind or state that is none */
    public LetterFilter filter() {
        return filter(cause, kind, state, conversation);
    }

    static LetterFilter filter(String cause, String kind, String state, String conversation) {
        return new LetterFilter(
                orNull(cause), constant(Kind.class, kind), constant(LetterState.class, state), orNull(conversation));
    }

    private static String orNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        try {
            return orNull(word) == null ? null : Enum.valueOf(type, word.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException none) {
            throw new Problem("CRV-587", word);
        }
    }
}
