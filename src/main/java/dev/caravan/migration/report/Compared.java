package dev.caravan.migration.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.migration.report.ReportFacts.DayRow;
import dev.caravan.migration.report.ReportFacts.Part;
import dev.caravan.migration.report.ReportFacts.RuleRow;

/**
 * What a verification's summary says of rules and days.
 *
 * @param summary missing when nothing was compared
 */
record Compared(JsonNode summary) {

    /** Those above their ceiling first, then those that touched the most. */
    List<RuleRow> rules() {
        var rows = new ArrayList<RuleRow>();
        for (var rule : summary.path("rules")) {
            var examples = new ArrayList<String>();
            rule.path("examples").forEach(id -> examples.add(id.asText()));
            rows.add(new RuleRow(
                    rule.path("rule").asText(),
                    rule.path("kind").asText(),
                    rule.path("records").asLong(),
                    rule.path("of").asLong(),
                    rule.path("ceiling").asDouble(),
                    rule.path("exceeded").asBoolean(),
                    examples));
        }
        rows.sort(Comparator.comparing(RuleRow::exceeded)
                .thenComparing(RuleRow::records)
                .reversed()
                .thenComparing(RuleRow::rule)
                .thenComparing(RuleRow::kind));
        return rows;
    }

    Part<DayRow> unequalDays() {
        var rows = new ArrayList<DayRow>();
        for (var day : summary.path("unequalDays")) {
            rows.add(new DayRow(
                    day.path("conversation").asText(),
                    day.path("day").asText(),
                    day.path("missing").asLong(),
                    day.path("extra").asLong()));
        }
        return new Part<>(rows.stream().limit(Tables.SHOWN).toList(), rows.size());
    }
}
