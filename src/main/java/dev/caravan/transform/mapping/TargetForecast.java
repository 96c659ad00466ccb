package dev.caravan.transform.mapping;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.caravan.model.Item;
import dev.caravan.model.Kind;

/**
 * What the limits of a target's service, and of the plan that was bought, make of a migration; counted while {@code check} reads
 * the source. Contributed by the target's connector as a CDI bean.
 */
public interface TargetForecast {

    /** The sink this speaks for: {@code agora-chat}. */
    String sinkKind();

    /**
     * @param properties of the sink's Kamelets, camelCase
     * @throws dev.caravan.model.Problem for one that is missing or wrong
     */
    Count count(Map<String, String> properties);

    /** One count. For any number of threads. */
    interface Count {

        /** A record that would be delivered, as mapped to the target. */
        void add(Kind kind, Item item);

        Told told();
    }

    /**
     * @param delivery how long the calls take at the rates a run may use
     * @param warnings what will not be as people expect, though no record is refused
     * @param rules what the sink relies on
     */
    record Told(Duration delivery, List<Warning> warnings, List<Rule> rules) {}

    /** @param wordsKey says in words what happens to that many */
    record Warning(String wordsKey, long number) {}

    /**
     * A rule of the service.
     *
     * @param wordsKey says it in words
     * @param proven whether the service's documents state it
     * @param tried whether {@code probe} tries it
     */
    record Rule(String id, String wordsKey, boolean proven, boolean tried) {}
}
