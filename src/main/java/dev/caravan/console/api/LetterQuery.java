package dev.caravan.console.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;

import dev.caravan.migration.letters.LetterWords;
import jakarta.ws.rs.QueryParam;

/** Which dead letters are meant; what is not given, or empty, means any. */
public class LetterQuery {

    @QueryParam("cause")
    public String cause;

    @QueryParam("subject")
    public String subject;

    @QueryParam("stage")
    public String stage;

    @QueryParam("kind")
    public String kind;

    @QueryParam("state")
    public String state;

    @QueryParam("conversation")
    public String conversation;

    @QueryParam("from")
    public String from;

    @QueryParam("to")
    public String to;

    public static LetterQuery of(String cause, String subject) {
        var query = new LetterQuery();
        query.cause = cause;
        query.subject = subject;
        return query;
    }

    public LetterWords words() {
        return new LetterWords(cause, subject, stage, kind, state, conversation, from, to);
    }

    /** As part of an address. */
    public String encoded() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("cause", cause);
        parameters.put("subject", subject);
        parameters.put("stage", stage);
        parameters.put("kind", kind);
        parameters.put("state", state);
        parameters.put("conversation", conversation);
        parameters.put("from", from);
        parameters.put("to", to);
        return parameters.entrySet().stream()
                .filter(one -> one.getValue() != null && !one.getValue().isBlank())
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
