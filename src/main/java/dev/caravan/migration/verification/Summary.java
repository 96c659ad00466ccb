package dev.caravan.migration.verification;

import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A verification's result as JSON, for the ledger and whatever reads it there. */
public final class Summary {

    private static final int MOST_DAYS = 1000;

    private Summary() {}

    static String of(VerificationResult result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("number", result.number()).put("verdict", result.verdict().word());
        var differences = json.putObject("differences");
        result.differences().forEach(differences::put);
        var counts = json.putObject("counts");
        result.counts()
                .forEach((kind, count) ->
                        counts.putObject(kind).put("expected", count.expected()).put("found", count.found()));
        var rules = json.putArray("rules");
        for (var use : result.rules()) {
            var rule = rules.addObject()
                    .put("rule", use.rule())
                    .put("kind", use.kind())
                    .put("records", use.records())
                    .put("of", use.of())
                    .put("ceiling", use.ceiling())
                    .put("exceeded", use.exceeded());
            use.examples().forEach(rule.putArray("examples")::add);
        }
        var days = json.putArray("unequalDays");
        result.unequalDays().stream().limit(MOST_DAYS).forEach(day -> days.addObject()
                .put("conversation", day.conversation())
                .put("day", day.day())
                .put("missing", day.missing())
                .put("extra", day.extra()));
        var notChecked = json.putArray("notChecked");
        result.notChecked().forEach(notChecked::add);
        var notCheckedCounts = json.putObject("notCheckedCounts");
        result.notCheckedCounts().forEach(notCheckedCounts::put);
        return json.toString();
    }

    /** The verdict in a summary of the ledger; nothing while that verification is unfinished. */
    public static Optional<String> verdict(String summary) {
        try {
            return summary == null
                    ? Optional.empty()
                    : Optional.of(
                            new ObjectMapper().readTree(summary).path("verdict").asText());
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the ledger holds a summary that is no JSON", broken);
        }
    }
}
