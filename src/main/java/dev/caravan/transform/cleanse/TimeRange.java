package dev.caravan.transform.cleanse;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** Refuses, or removes, canonical times that cannot be: before chat existed, or after the migration began. */
record TimeRange(Rule rule, List<Field> fields, long earliest, long latest) implements Step {

    static TimeRange of(Rule rule, Instant began) {
        var settings = Settings.of(rule);
        return new TimeRange(
                rule,
                settings.fields(),
                micros(settings.instant("earliest")),
                micros(began.plus(settings.duration("future"))));
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    @Override
    public JsonNode apply(JsonNode tree, Notes notes) {
        var result = tree;
        for (int i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            var node = field.read(result);
            if (node.isMissingNode() || (node.longValue() >= earliest && node.longValue() <= latest)) {
                continue;
            }
            if (rule.action() == Action.REFUSE) {
                notes.refuse(rule, "time-out-of-range", field.toString());
            } else {
                notes.found(rule, field.toString());
                result = field.write(result, null);
            }
        }
        return result;
    }
}
