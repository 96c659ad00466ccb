package dev.caravan.transport;

import java.util.List;
import java.util.Map;

/**
 * Tries on throw-away objects of a target what its documents leave open, and removes them again. Contributed by the target's
 * connector as a CDI bean.
 */
public interface TargetProbe {

    /** The sink this speaks for: {@code agora-chat}. */
    String sinkKind();

    /**
     * @param properties of the sink's Kamelets, camelCase
     * @throws dev.caravan.model.Problem when the target cannot be asked, or not with these credentials
     */
    Result probe(Map<String, String> properties);

    /**
     * @param found one for each rule that could be tried
     * @param left ids of throw-away objects that could not be removed
     */
    record Result(List<Found> found, List<String> left) {}

    /**
     * @param wordsKey says the rule in words
     * @param holds whether the target keeps to it
     * @param detail what the target answered
     */
    record Found(String rule, String wordsKey, boolean holds, String detail) {}
}
