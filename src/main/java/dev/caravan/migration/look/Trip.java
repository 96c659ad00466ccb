package dev.caravan.migration.look;

import java.util.List;
import java.util.function.UnaryOperator;

import dev.caravan.migration.road.Steps;
import dev.caravan.model.Batch;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Problem;
import dev.caravan.model.Refusal;
import dev.caravan.model.Tally;

/**
 * The way of one record along the road, by itself and with nothing written: so that the rule that leaves it out is known.
 *
 * @param item as far as it came
 * @param filtered the rule that left it out, or null
 * @param refused what refused it, or parts of it
 * @param dead whether it was refused as a whole
 * @param findings what rules changed or noticed
 * @param problem what is wrong with the mapping to the target, not with the record; or null
 */
public record Trip(
        Item item, String filtered, List<Refusal> refused, boolean dead, List<Finding> findings, Problem problem) {

    public static Trip of(Steps steps, Kind kind, Lane lane, Item item) {
        var batch = new Batch(kind, lane, null, null, List.of(item), List.of(), List.of(), List.of(), Tally.NONE);
        var last = item;
        List<UnaryOperator<Batch>> way = List.of(
                steps::cleanse,
                steps::toCanonical,
                steps::cleanseCanonical,
                steps::scope,
                one -> last(steps.link(one)),
                steps::toTarget);
        for (var step : way) {
            try {
                batch = step.apply(batch);
            } catch (Problem problem) {
                return new Trip(last, null, batch.refused(), false, batch.findings(), problem);
            }
            if (batch.items().isEmpty()) {
                return new Trip(last, rule(batch), batch.refused(), rule(batch) == null, batch.findings(), null);
            }
            last = batch.items().get(0);
        }
        var leftOut = last.target().objects() == 0 ? last.target().rules().get(0) : null;
        return new Trip(last, leftOut, batch.refused(), false, batch.findings(), null);
    }

    /** Placeholders go before the batch that leans on them. */
    private static Batch last(List<Batch> linked) {
        return linked.get(linked.size() - 1);
    }

    private static String rule(Batch batch) {
        return batch.tally().counts().keySet().stream()
                .filter(key -> key.what() == Tally.What.FILTERED)
                .map(Tally.Key::rule)
                .findFirst()
                .orElse(null);
    }
}
