package dev.caravan.transform.mapping;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Tally;

/**
 * What a template to canonical says about a record, no part of the record itself: {@code "findings": [{"rule": ..,
 * "detail": ..}]}, and {@code "filtered": "<rule>"} for a record that a rule leaves out.
 */
final class MappingNotes {

    private static final String FINDINGS = "findings";
    private static final String FILTERED = "filtered";

    private MappingNotes() {}

    /** The batch without the notes, and with what they say in its findings and counts. */
    static Batch takeOff(Batch batch) {
        if (batch.items().stream().noneMatch(MappingNotes::hasNotes)) {
            return batch;
        }
        var kind = batch.kind().word();
        var kept = new ArrayList<Item>(batch.items().size());
        List<Finding> findings = new ArrayList<>();
        var filtered = Tally.NONE;
        for (var item : batch.items()) {
            var rule = item.canonical().path(FILTERED);
            if (rule.isTextual()) {
                filtered = filtered.plus(kind, Tally.What.FILTERED, rule.textValue(), 1);
            } else {
                kept.add(withoutFindings(item, kind, findings));
            }
        }
        return batch.withItems(kept).plusFindings(findings).plusTally(filtered);
    }

    private static boolean hasNotes(Item item) {
        return item.canonical().has(FINDINGS) || item.canonical().has(FILTERED);
    }

    private static Item withoutFindings(Item item, String kind, List<Finding> findings) {
        if (!item.canonical().has(FINDINGS)) {
            return item;
        }
        for (JsonNode finding : item.canonical().get(FINDINGS)) {
            findings.add(new Finding(
                    finding.path("rule").asText(),
                    kind,
                    item.id(),
                    finding.path("detail").asText("")));
        }
        var record = item.canonical().deepCopy();
        record.remove(FINDINGS);
        return item.withCanonical(record);
    }
}
