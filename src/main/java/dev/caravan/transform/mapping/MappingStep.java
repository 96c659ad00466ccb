package dev.caravan.transform.mapping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Refusal;
import dev.caravan.model.Tally;

/**
 * The two mappings of the road, a batch at a time. A record of which a template makes nothing, or on which it breaks, is
 * refused; its neighbours go on.
 */
public final class MappingStep {

    private final Mappings mappings;

    public MappingStep(Mappings mappings) {
        this.mappings = mappings;
    }

    /**
     * Beside the record a template may answer {@code findings}, or instead of it {@code filtered}: see {@link MappingNotes}.
     *
     * @param variables what a template sees as {@code $name}, for each record
     */
    public Batch toCanonical(Batch batch, Function<Item, Map<String, JsonNode>> variables) {
        var mapped = each(batch, "canonical", item -> mappings.from(batch.kind(), item.source(), variables.apply(item))
                .map(answer -> item.withCanonical(object(answer))));
        return MappingNotes.takeOff(mapped);
    }

    /** @param variables what a template sees as {@code $name}, for each record */
    public Batch toTarget(Batch batch, TargetShape shape, Function<Item, Map<String, JsonNode>> variables) {
        return withRules(each(batch, "target", item -> mappings.to(batch.kind(), item.linked(), variables.apply(item))
                .map(answer -> item.withTarget(shape.write(batch.kind(), answer)))));
    }

    /**
     * Counts what rules of the target did. People and conversations are listed one and all, because somebody has to look at
     * them; of other kinds only the batch's first record is kept as an example of each rule.
     */
    private static Batch withRules(Batch batch) {
        var kind = batch.kind().word();
        var all = batch.kind() == Kind.USER || batch.kind() == Kind.CHANNEL;
        var findings = new ArrayList<Finding>();
        var seen = new HashSet<String>();
        var more = new Tally.Counter();
        for (var item : batch.items()) {
            for (var rule : item.target().rules()) {
                if (seen.add(rule) || all) {
                    findings.add(new Finding(rule, kind, item.id(), ""));
                } else {
                    more.add(kind, Tally.What.FINDING, rule, 1);
                }
            }
        }
        return batch.plusFindings(findings).plusTally(more.tally());
    }

    private static ObjectNode object(JsonNode answer) {
        if (answer instanceof ObjectNode object) {
            return object;
        }
        throw new NotAnObject();
    }

    private static Batch each(Batch batch, String stage, Function<Item, Optional<Item>> step) {
        var mapped = new ArrayList<Item>(batch.items().size());
        List<Refusal> refused = new ArrayList<>();
        for (var item : batch.items()) {
            try {
                step.apply(item)
                        .ifPresentOrElse(
                                mapped::add,
                                () -> refused.add(item.refuse(
                                        batch.kind(),
                                        stage,
                                        "mapping-selected-nothing",
                                        "the template made nothing of it")));
            } catch (MappingFailed e) {
                refused.add(item.refuse(batch.kind(), stage, "mapping-failed", e.getMessage()));
            } catch (NotAnObject e) {
                refused.add(
                        item.refuse(batch.kind(), stage, "mapping-failed", "the template did not answer an object"));
            }
        }
        return batch.withItems(mapped).plusRefused(refused);
    }

    private static final class NotAnObject extends RuntimeException {
        NotAnObject() {
            super(null, null, false, false);
        }
    }
}
