package dev.caravan.console.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.stream.Collectors;

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

    public static LetterQuery ofCause(String cause) {
        var query = new LetterQuery();
        query.cause = cause;
        return query;
    }

    /** As part of an address. */
    public String encoded() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("cause", cause);
        parameters.put("kind", kind);
        parameters.put("state", state);
        parameters.put("conversation", conversation);
        return parameters.entrySet().stream()
                .filter(one -> orNull(one.getValue()) != null)
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
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
