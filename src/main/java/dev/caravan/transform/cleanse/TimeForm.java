package dev.caravan.transform.cleanse;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Brings times into the form their reader expects: canonical us, or Slack's {@code 1600000000.123456}. */
record TimeForm(Rule rule, List<Field> fields, boolean slack, boolean required) implements Step {

    /** Canonical times between 1973 and 5138; whatever is outside may be another unit. */
    private static final long SURELY_MICROS = 100_000_000_000_000L;

    private static final long NO_LONGER_MICROS = 100_000_000_000_000_000L;

    static TimeForm of(Rule rule) {
        var settings = Settings.of(rule);
        var form = settings.word("form", List.of("us", "slack-ts"));
        return new TimeForm(rule, settings.fields(), form.equals("slack-ts"), settings.flag("required"));
    }

    @Override
    public JsonNode apply(JsonNode tree, Notes notes) {
        var result = tree;
        for (int i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            var node = field.read(result);
            if (!inForm(node)) {
                result = mend(result, field, node, notes);
            }
        }
        return result;
    }

    private boolean inForm(JsonNode node) {
        if (slack) {
            return node.isTextual() && Timestamps.isSeconds(node.textValue());
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            return false;
        }
        long time = node.longValue();
        return time >= SURELY_MICROS && time < NO_LONGER_MICROS;
    }

    private JsonNode mend(JsonNode tree, Field field, JsonNode node, Notes notes) {
        if (node.isMissingNode() || node.isNull()) {
            if (required) {
                notes.refuse(rule, "time-missing", field.toString());
            }
            return tree;
        }
        var micros = Timestamps.micros(node);
        if (micros.isEmpty() || rule.action() == Action.REFUSE) {
            notes.refuse(rule, "time-unreadable", field.toString());
            return tree;
        }
        notes.found(rule, field.toString());
        long time = micros.getAsLong();
        return field.write(tree, slack ? new TextNode(Timestamps.seconds(time)) : new LongNode(time));
    }
}
